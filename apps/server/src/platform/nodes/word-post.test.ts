import { expect, test } from 'vitest';
import { WordPost } from './word-post.ts';

const wordsOf = (payloads: readonly string[]): unknown[] =>
  payloads.flatMap((payload) => JSON.parse(`[${payload}]`) as unknown[]);

test('words arrive in order; those that come while some are sent go together', async () => {
  const sent: (readonly string[])[] = [];
  const post = new WordPost(
    async (payloads) => {
      sent.push(payloads);
      await new Promise((resolve) => setImmediate(resolve));
    },
    () => {},
  );
  const words = Array.from({ length: 500 }, (_, number) => ({ number }));
  for (const word of words.slice(0, 10)) post.put(word);
  await new Promise((resolve) => setImmediate(resolve));
  for (const word of words.slice(10)) post.put(word);
  await post.empty();
  expect(wordsOf(sent.flat())).toEqual(words);
  expect(sent.length).toBeLessThan(4);
});

test('no payload is longer than PostgreSQL takes, whatever is said', async () => {
  const sent: string[] = [];
  const post = new WordPost(
    async (payloads) => void sent.push(...payloads),
    () => {},
  );
  post.put('ж'.repeat(3000));
  post.put('ж'.repeat(3000));
  post.put('ж'.repeat(5000));
  await post.empty();
  expect(sent.map((payload) => Buffer.byteLength(payload)).filter((bytes) => bytes > 7900)).toEqual([]);
  expect(wordsOf(sent).map((word) => (typeof word === 'string' ? word.length : word))).toEqual([
    3000,
    3000,
    { is: 'tooLong' },
  ]);
});

test('a database that does not keep up is said to, before memory runs out', async () => {
  let overflowed = false;
  const post = new WordPost(
    () => new Promise<void>(() => {}),
    () => {
      overflowed = true;
    },
  );
  post.put('first');
  await new Promise((resolve) => setImmediate(resolve));
  for (let megabyte = 0; megabyte < 65; megabyte++)
    for (let word = 0; word < 150; word++) post.put('x'.repeat(7500));
  expect(overflowed).toBe(true);
});
