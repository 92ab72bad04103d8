import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { askAgain } from './ask-again.ts';
import type { PollFailureCode, PollOutcome } from './poll-outcome.ts';

const failed = (code: PollFailureCode, sent: number): PollOutcome => ({ ok: false, error: { code, sent } });
const answered: PollOutcome = { ok: true, kind: 'ack' };

/** Runs against outcomes in turn; tells the last, and when each try was made. */
async function run(outcomes: readonly PollOutcome[], options: { retries: number; acts?: boolean }) {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const tries: number[] = [];
  let outcome: PollOutcome | undefined;
  const send = async () => {
    tries.push(clock.monotonic());
    return outcomes[tries.length - 1]!;
  };
  const parts = { pause: 1000, clock, stopped: stop.signal, acts: options.acts ?? false };
  void askAgain(send, { ...parts, retries: options.retries }).then((last) => {
    outcome = last;
  });
  await clock.advance(1500);
  const early = outcome;
  if (outcome === undefined && outcomes.length === 2) stop.abort();
  await clock.advance(60_000);
  return { early, outcome, tries };
}

test('silence and a lost link are tried again, with a pause, until there is an answer', async () => {
  const { outcome, tries } = await run([failed('sas.down', 0), failed('sas.silent', 3), answered], {
    retries: 5,
  });
  expect([outcome, tries]).toEqual([answered, [0, 1000, 2000]]);
});

test('when it is given up, the failure counts everything that was on the wire', async () => {
  const { outcome, tries } = await run([failed('sas.silent', 3), failed('sas.damaged', 12)], { retries: 1 });
  expect([outcome, tries.length]).toEqual([failed('sas.damaged', 15), 2]);
});

test('a refusal is the machine’s word, and is not asked for twice', async () => {
  const { outcome, tries } = await run([failed('sas.refused', 3)], { retries: 5 });
  expect([outcome, tries.length]).toEqual([failed('sas.refused', 3), 1]);
});

test('what acts goes out again only while it was never on the wire', async () => {
  const { outcome, tries } = await run(
    [failed('sas.down', 0), failed('sas.expired', 0), failed('sas.silent', 1)],
    { retries: 9, acts: true },
  );
  expect([outcome, tries.length]).toEqual([failed('sas.silent', 1), 3]);
});

test('a host that stops does not wait for another try', async () => {
  const { early, outcome, tries } = await run([failed('sas.silent', 1), failed('sas.silent', 1)], {
    retries: 9,
  });
  expect([early, outcome, tries.length]).toEqual([undefined, failed('sas.silent', 2), 2]);
});
