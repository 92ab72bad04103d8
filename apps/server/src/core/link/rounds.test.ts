import { expect, test, vi } from 'vitest';
import { Rounds } from './rounds.ts';

test('what is asked for during a round is served by one more, however often it was asked', async () => {
  const given: string[] = [];
  let finish: (() => void) | undefined;
  const rounds = new Rounds(
    'usual',
    async (how) => {
      given.push(how);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return 'done';
    },
    () => {},
  );
  rounds.ask('special');
  for (let times = 0; times < 5; times++) rounds.ask();
  finish?.();
  await vi.waitFor(() => expect(given).toEqual(['special', 'usual']));
  finish?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(given).toHaveLength(2);
});

test('a round that leaves something is followed by another, one that fails ends nothing', async () => {
  const outcomes = ['more', 'fails', 'done'];
  const errors: unknown[] = [];
  const rounds = new Rounds(
    undefined,
    async () => {
      const outcome = outcomes.shift();
      if (outcome === 'fails') throw new Error('failed');
      return outcome === 'more' ? 'more' : 'done';
    },
    (error) => errors.push(error),
  );
  rounds.ask();
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  rounds.ask();
  await vi.waitFor(() => expect(outcomes).toEqual([]));
});
