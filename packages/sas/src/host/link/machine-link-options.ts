import type { Clock, Duration } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import type { Pending, RomSignature } from '../../frames/index.ts';
import type { MessageName } from '../../messages/index.ts';
import type { Keep } from '../polls/ask.ts';

/** Something a machine told on its own: by exception or by real-time event. */
export interface Told {
  readonly code: string;
  readonly data: Fields;
  readonly realTime: boolean;
  /** The machine lost the thread before it was known to have heard of the same: it may say it again, or anew. */
  readonly maybeRepeated: boolean;
  /** Monotonic time of its last bit. */
  readonly at: Duration;
}

export interface MachineLinkOptions {
  readonly address: number;
  readonly clock: Clock;
  /** From one general poll to the next. */
  readonly interval: Duration;
  /** `80` before every poll, for machines that want it; costs the implied NACK (facts 1.6). */
  readonly syncBeforePoll: boolean;
  /** Believes an exception of one byte only when the machine repeats it (implied NACK). */
  readonly verifyExceptions: boolean;
  /** What is told again until this has resolved: nothing that acknowledges goes out before. */
  readonly onTold: (told: Told) => Promise<void> | undefined;
  /** The machine heard that what it told last was received. Nothing new is asked of it before this has resolved. */
  readonly onReceived?: (() => Promise<void>) | undefined;
  /** Said first, without the `80` that would acknowledge what an earlier process may have left open. */
  readonly firstPoll?: FirstPoll | undefined;
  /** A wait has ended: the line may be wanted sooner than was said. */
  readonly onDue?: () => void;
  readonly onSignature: (signature: RomSignature) => void;
  /** `isContinued`: it answered before it was synchronised anew. */
  readonly onUp: (isContinued: boolean) => void;
  readonly onDown: () => void;
}

/**
 * How the talk goes on that an earlier process left: a general poll has told again what was not acknowledged, a long
 * poll acknowledges it, unless it was that long poll's answer, which is then told again.
 */
export interface FirstPoll {
  readonly poll: 'generalPoll' | MessageName;
  /** The machine answered, so it had not lost the thread; goes on when this has resolved. */
  readonly onAnswer?: Keep;
}

/** One thing for the line to do for a machine. */
export interface NextPoll {
  readonly bytes: Uint8Array;
  readonly pending: Pending;
  /** `80` is to go before it. */
  readonly syncFirst: boolean;
  /** The exception that the machine is asked to say again. */
  readonly repeated?: number | undefined;
}
