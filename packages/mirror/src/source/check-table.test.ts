import { expect, test } from 'vitest';
import { everything, keyOnly, machine } from '../../test/tables.ts';
import { checkTables } from './check-table.ts';
import type { Column, Table } from './table.ts';

const table = (columns: Record<string, Column>, key = ['id'], name = 'one'): Table => ({
  name,
  key,
  columns,
});

test('tables both databases can take are accepted', () => {
  expect(() => checkTables([everything, keyOnly, machine])).not.toThrow();
  expect(() => checkTables([table({ id: { kind: 'text', maxLength: 450 } })])).not.toThrow();
});

test.each<[string, Table, string]>([
  ['a name that needs quoting', table({ id: { kind: 'integer' } }, ['id'], 'Two words'), 'lower case'],
  [
    'a column name that needs quoting',
    table({ id: { kind: 'integer' }, 'a"b': { kind: 'text' } }),
    'lower case',
  ],
  ['no key', table({ id: { kind: 'integer' } }, []), 'key'],
  ['a key that is no column', table({ id: { kind: 'integer' } }, ['uid']), 'uid: no such column'],
  ['a key named twice', table({ id: { kind: 'integer' } }, ['id', 'id']), 'named twice'],
  ['a key that may be null', table({ id: { kind: 'integer', nullable: true } }), 'cannot be nullable'],
  ['a key of endless text', table({ id: { kind: 'text' } }), 'text with a maxLength'],
  ['a key of a float', table({ id: { kind: 'real' } }), 'the key takes'],
  ['a key of a decimal', table({ id: { kind: 'decimal', precision: 3, scale: 1 } }), 'the key takes'],
  ['a key beyond 900 bytes', table({ id: { kind: 'text', maxLength: 451 } }), 'SQL Server takes 900'],
  ['a text beyond 4000', table({ id: { kind: 'integer' }, a: { kind: 'text', maxLength: 4001 } }), '4000'],
  [
    'a scale beyond the precision',
    table({ id: { kind: 'integer' }, a: { kind: 'decimal', precision: 2, scale: 3 } }),
    'scale',
  ],
])('%s is refused, and the rule is said', (_, bad, rule) => {
  expect(() => checkTables([bad])).toThrow(
    expect.objectContaining({ code: 'mirror.bad_table', message: expect.stringContaining(rule) }),
  );
});

test('a table declared twice is refused', () => {
  expect(() => checkTables([keyOnly, keyOnly])).toThrow('declared twice');
});
