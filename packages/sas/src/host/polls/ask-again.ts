import { type Clock, type Duration, sleep } from '@vakhta/kernel';
import type { PollFailure, PollOutcome } from './poll-outcome.ts';

export interface AskAgainOptions {
  /** How many more times. */
  readonly retries: number;
  readonly pause: Duration;
  /** The poll does something each time it is heard. */
  readonly acts: boolean;
  readonly clock: Clock;
  /** Ends the waiting for another try. */
  readonly stopped: AbortSignal;
}

const mayPass: readonly PollFailure['code'][] = ['sas.silent', 'sas.damaged', 'sas.expired', 'sas.down'];

/**
 * Sends until there is an answer, at most `retries` times more. A refusal is an answer. What acts goes out again
 * only while it was never on the wire. `sent` of the failure counts all tries.
 */
export async function askAgain<F>(
  send: () => Promise<PollOutcome<F>>,
  { retries, pause, acts, clock, stopped }: AskAgainOptions,
): Promise<PollOutcome<F>> {
  let sent = 0;
  for (let left = retries; ; left--) {
    const outcome = await send();
    if (outcome.ok) return outcome;
    sent += outcome.error.sent;
    const { code } = outcome.error;
    const isLast = left === 0 || !mayPass.includes(code) || (acts && sent > 0);
    const goesOn =
      !isLast &&
      (await sleep(clock, pause, stopped).then(
        () => true,
        () => false,
      ));
    if (!goesOn) return { ok: false, error: { code, sent } };
  }
}
