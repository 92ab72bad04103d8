import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLinkTokens } from './link-tokens.ts';

const links = createLinkTokens('the secret of a desk that is under test');

test('a link is read back by the server that made it, for what it was made for', () => {
  const id = randomUUID();
  const token = links.make('invitation', id);
  expect(links.read('invitation', token)).toBe(id);
  expect(links.make('invitation', id)).toBe(token);
  expect(links.read('password reset', token)).toBeUndefined();
  expect(
    createLinkTokens('the secret of another desk, a longer one').read('invitation', token),
  ).toBeUndefined();
});

test('a link changed in any place is no link', () => {
  const token = links.make('password reset', randomUUID());
  for (let at = 0; at < token.length; at++) {
    // The last character carries two bits of nothing, which decoding drops.
    if (at === token.length - 1) continue;
    const other = token[at] === '0' ? '1' : '0';
    const changed = token.slice(0, at) + other + token.slice(at + 1);
    expect(links.read('password reset', changed), changed).toBeUndefined();
  }
  for (const none of ['', '.', randomUUID(), `${randomUUID()}.`, `${token}x`])
    expect(links.read('password reset', none), none).toBeUndefined();
});
