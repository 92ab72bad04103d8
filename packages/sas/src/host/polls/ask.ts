import type { Duration } from '@vakhta/kernel';
import type { RequestFields } from '../../codec/message.ts';
import type { MessageName, Messages } from '../../messages/index.ts';
import type { PollOutcome } from './poll-outcome.ts';
import type { Priority } from './poll-queue.ts';

export interface AskOptions {
  readonly priority?: Priority;
  /** Of no use after this time from now. */
  readonly within?: Duration;
}

/** Sends a long poll to one machine when its turn comes, and gives what came of it. */
export type Ask = <N extends MessageName>(
  poll: N,
  fields: RequestFields<Messages[N]>,
  options?: AskOptions,
) => Promise<PollOutcome>;
