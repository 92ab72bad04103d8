import { AppError } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { targetError } from './errors.ts';

const failure = (facts: object, message = 'no') => Object.assign(new Error(message), facts);

test.each<[string, Error, string]>([
  ['a closed port', failure({ code: 'ECONNREFUSED' }), 'mirror.unreachable'],
  [
    'a host with several addresses',
    new AggregateError([failure({ code: 'ECONNREFUSED' })], ''),
    'mirror.unreachable',
  ],
  ['a shutdown of PostgreSQL', failure({ code: '57P01' }), 'mirror.unreachable'],
  ['a connection exception', failure({ code: '08006' }), 'mirror.unreachable'],
  ['a broken socket to SQL Server', failure({ code: 'ESOCKET' }), 'mirror.unreachable'],
  [
    'a certificate nobody signed',
    failure({ code: 'ESOCKET', cause: failure({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }) }),
    'mirror.encryption',
  ],
  ['a wrong password on PostgreSQL', failure({ code: '28P01' }), 'mirror.refused'],
  ['a wrong password on SQL Server', failure({ code: 'ELOGIN' }), 'mirror.refused'],
  [
    'a right that is missing on SQL Server',
    failure({ code: 'EREQUEST', number: 262 }),
    'mirror.not_permitted',
  ],
  ['a deadlock on SQL Server', failure({ code: 'EREQUEST', number: 1205 }), 'mirror.busy'],
  ['a full disk', failure({ code: '53100' }), 'mirror.target_full'],
  ['a table without the unique index', failure({ code: '42P10' }), 'mirror.no_unique_key'],
  ['anything else', failure({ code: '22003' }), 'mirror.statement_failed'],
  ['a failure without a code', new Error('odd'), 'mirror.statement_failed'],
])('%s is told for what it is', (_, error, code) => {
  expect(targetError(error, 'postgres://h/d')).toMatchObject({ code, retry: 'after' });
});

test('the message has the address, what to look at and what the database said', () => {
  expect(
    targetError(failure({ code: '42501' }, 'permission denied for table x'), 'postgres://h/d').message,
  ).toMatch(/^postgres:\/\/h\/d: this user may not .* \(permission denied for table x\)$/);
});

test('what already says what it is stays as it is', () => {
  const error = new AppError('mirror.timeout', 'x');
  expect(targetError(error, 'a')).toBe(error);
});
