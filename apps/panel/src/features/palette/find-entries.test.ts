import { expect, test } from 'vitest';
import { findEntries } from './find-entries.ts';

const entries = [
  { title: 'Тревоги', detail: 'Раздел' },
  { title: 'Зал 2, табло', detail: 'Немига' },
  { title: 'Табло у выхода', detail: 'Немига' },
  { title: 'Табло 2', detail: 'Купаловская' },
];
const titles = (query: string) => findEntries(entries, query).map(({ title }) => title);

test('an empty query finds what is listed first', () => {
  expect(titles('  ')).toEqual(entries.map(({ title }) => title));
});

test('what begins with the query comes before what only has it', () => {
  expect(titles('табло')).toEqual(['Табло у выхода', 'Табло 2', 'Зал 2, табло']);
});

test('words may stand in any order, and in the place too', () => {
  expect(titles('немига зал')).toEqual(['Зал 2, табло']);
  expect(titles('2 табло')).toEqual(['Зал 2, табло', 'Табло 2']);
  expect(titles('касса')).toEqual([]);
});

test('no more is shown than can be read', () => {
  const many = Array.from({ length: 50 }, (_, n) => ({ title: `TV ${n}`, detail: '' }));
  expect(findEntries(many, 'tv')).toHaveLength(12);
});
