import { systemRandom } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { createTextSealer } from './sealed-text.ts';

const sealer = createTextSealer('signs the cookies of a desk under test', systemRandom);

test('a sealed text shows nothing of itself and comes back whole', () => {
  const sealed = sealer.seal('smtps://desk:пароль@mail.example', 'mail');
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('mail.example');
  expect(sealer.open(sealed, 'mail')).toBe('smtps://desk:пароль@mail.example');
  expect(sealer.seal('same', 'mail')).not.toBe(sealer.seal('same', 'mail'));
});

test('it opens by no other secret, for no other purpose, and not once it was changed', () => {
  const sealed = sealer.seal('text', 'mail');
  expect(
    createTextSealer('another secret of another desk, as long', systemRandom).open(sealed, 'mail'),
  ).toBeUndefined();
  expect(sealer.open(sealed, 'mqtt')).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  expect(sealer.open(bytes.toString('base64url'), 'mail')).toBeUndefined();
  for (const garbage of ['', 'A', sealed.slice(0, 20)]) expect(sealer.open(garbage, 'mail')).toBeUndefined();
});
