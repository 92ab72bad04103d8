import { expect, test } from 'vitest';
import { publicUrl, readConfig } from './config.ts';

test('without settings the desk is on this machine only', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8080, tls: undefined, behindProxy: false });
});

test('a mistyped name is refused with the nearest one', () => {
  expect(() => readConfig({ VAKHTA_PROT: '80' })).toThrow(
    'VAKHTA_PROT is no setting; did you mean VAKHTA_PORT?',
  );
  expect(() => readConfig({ VAKHTA_SOMETHING_ELSE: '1' })).toThrow(/^VAKHTA_SOMETHING_ELSE is no setting$/);
});

test.each([
  ['VAKHTA_PORT', '70000'],
  ['VAKHTA_PORT', 'http'],
  ['VAKHTA_BEHIND_PROXY', 'yes'],
  ['VAKHTA_LOG_LEVEL', 'loud'],
  ['VAKHTA_SESSION_SECRET', 'short'],
  ['DATABASE_URL', 'mysql://localhost'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}: `));
});

test.each(['0.0.0.0', '::', '192.168.1.5', 'desk.example'])(
  '%s is not served in the clear, and the message says what to do',
  (host) => {
    expect(() => readConfig({ VAKHTA_HOST: host })).toThrow(/VAKHTA_TLS_CERT.*VAKHTA_BEHIND_PROXY=1/);
    expect(readConfig({ VAKHTA_HOST: host, VAKHTA_BEHIND_PROXY: '1' }).host).toBe(host);
    expect(readConfig({ VAKHTA_HOST: host, VAKHTA_TLS_CERT: 'c', VAKHTA_TLS_KEY: 'k' }).tls).toEqual({
      certFile: 'c',
      keyFile: 'k',
    });
  },
);

test('a certificate without its key is refused', () => {
  expect(() => readConfig({ VAKHTA_TLS_CERT: 'c' })).toThrow(/both or neither/);
});

test('an empty variable is one that is not set', () => {
  expect(readConfig({ VAKHTA_PORT: '', DATABASE_URL: '' })).toMatchObject({
    port: 8080,
    databaseUrl: undefined,
  });
});

test('the address to open is one that can be opened', () => {
  expect(publicUrl({ host: '0.0.0.0', tls: undefined }, 80)).toBe('http://localhost:80');
  expect(publicUrl({ host: '::1', tls: { certFile: 'c', keyFile: 'k' } }, 443)).toBe('https://[::1]:443');
});
