import type { Duration } from '@vakhta/kernel';
import type { RequestFields, ResponseFields } from '../codec/message.ts';
import type { PollOutcome } from '../host/index.ts';
import type { MessageName, Messages } from '../messages/index.ts';
import type { ExceptionName } from '../tables/index.ts';

/** What makes a command run by itself: the link is up (again), or the machine tells an exception. */
export type CommandTrigger = 'up' | ExceptionName;

interface CommandRules {
  /** For people. */
  readonly title?: string;
  /** From one run to the next, while the machine answers. */
  readonly every?: Duration;
  readonly on?: readonly CommandTrigger[];
  /** How many more times it is tried when no answer came. Default 0. */
  readonly retries?: number;
  /** From one try to the next. Default 1 s. */
  readonly retryAfter?: Duration;
  /** Of no use when it could not be sent and answered in this time. */
  readonly within?: Duration;
}

type GivenFields<F> = Record<never, never> extends F ? { readonly fields?: F } : { readonly fields: F };

/** A poll under a name of one's own. */
export type Command = {
  [N in MessageName]: CommandRules & { readonly poll: N } & GivenFields<RequestFields<Messages[N]>>;
}[MessageName];

/** Commands by their names. */
export type CommandSet = Readonly<Record<string, Command>>;

/** Fields that a command's poll takes. */
export type CommandFields<C extends Command> = RequestFields<Messages[C['poll']]>;

/** What came of a command. */
export type CommandOutcome<C extends Command> = PollOutcome<ResponseFields<Messages[C['poll']]>>;

/** A run of a command that has ended. */
export interface CommandDone<Name extends string, C extends Command> {
  readonly name: Name;
  readonly poll: C['poll'];
  /** A call of the program, its time, or what triggered it. */
  readonly cause: 'call' | 'time' | CommandTrigger;
  readonly outcome: CommandOutcome<C>;
}
