import type { Duration } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import type { RequestFields, ResponseFields } from '../../codec/message.ts';
import type { MessageName, Messages } from '../../messages/index.ts';
import type { PollOutcome } from './poll-outcome.ts';
import type { Priority } from './poll-queue.ts';

export interface AskOptions {
  readonly priority?: Priority;
  /** Of no use after this time from now. */
  readonly within?: Duration;
  /**
   * How many more times it is tried when no answer came, the link being down included. Default 0: what a line needs of
   * repeats is done anyway. A poll that acts each time it is heard is tried again only while it never left.
   */
  readonly retries?: number;
  /** From one such try to the next. Default 1 s. */
  readonly retryAfter?: Duration;
  /** Keeps the answer for good: nothing that acknowledges it goes out before this has resolved. */
  readonly keep?: Keep;
}

/** Keeps what a machine answered: its fields, and its bytes as hex. */
export type Keep = (fields: Fields, frame: string) => Promise<void>;

/** Sends a long poll to one machine when its turn comes, and gives what came of it. */
export type Ask = <N extends MessageName>(
  poll: N,
  fields: RequestFields<Messages[N]>,
  options?: AskOptions,
) => Promise<PollOutcome<ResponseFields<Messages[N]>>>;
