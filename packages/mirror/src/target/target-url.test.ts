import { expect, test } from 'vitest';
import { targetOf } from './target-of.ts';
import { parseTargetUrl } from './target-url.ts';

test('a SQL Server is named by host, port, database, user and password', () => {
  expect(parseTargetUrl('mssql://sa:p%40ss%2F@db.hall:1444/Casino%201?encrypt=false')).toEqual({
    kind: 'mssql',
    address: {
      server: 'db.hall',
      port: 1444,
      database: 'Casino 1',
      user: 'sa',
      password: 'p@ss/',
      encrypt: false,
      trustServerCertificate: false,
    },
  });
  expect(parseTargetUrl('sqlserver://sa:x@db/c')).toMatchObject({ address: { port: 1433, encrypt: true } });
});

test('both spellings of PostgreSQL are known', () => {
  expect(parseTargetUrl('postgresql://u@h/d')).toMatchObject({ kind: 'postgres' });
  expect(targetOf('postgres://u:secret@h:5432/d').address).toBe('postgres://h:5432/d');
});

test.each([
  ['not a url', 'not a URL'],
  ['mysql://u:topsecret@h/d', 'mysql: is not a kind of database'],
  ['postgres://u:topsecret@h/', 'database'],
  ['mssql://u:topsecret@h/', 'database: the database is missing'],
  ['mssql://h/d', 'user: the user is missing'],
  ['mssql://u:topsecret@h/d?encrypt=maybe', 'encrypt'],
  ['mssql://u:topsecret@h/d?encript=true', 'encript'],
])('%s is refused, and the field is named', (url, field) => {
  expect(() => parseTargetUrl(url)).toThrow(
    expect.objectContaining({ code: 'mirror.bad_url', message: expect.stringContaining(field) }),
  );
  expect(() => parseTargetUrl(url)).not.toThrow('topsecret');
});

test('a schema that would need quoting is refused', () => {
  expect(() => targetOf('postgres://u@h/d', { schema: 'a"b' })).toThrow(
    expect.objectContaining({ code: 'mirror.bad_schema' }),
  );
});
