import type { Clock, Duration, Random } from '@vakhta/kernel';
import type { Line } from '../line/index.ts';
import type { MachineEvent } from './events/host-events.ts';
import type { Journal } from './journal/journal.ts';
import type { FirstPoll } from './link/machine-link-options.ts';
import type { PollLoop } from './link/poll-loop.ts';
import type { TicketInResult } from './tickets/ticket-in-journal.ts';
import type { TicketInsDeps } from './tickets/ticket-ins.ts';
import type { IssueNumber } from './tickets/ticket-outs.ts';
import type { TransferResult } from './transfers/transfer-journal.ts';
import type { TransferStep } from './transfers/transfer-step.ts';

/** What the program answers for; without one of them the host takes the careful way. */
export interface HostHandlers {
  /** What a ticket in the acceptor is worth. Without it every ticket is given back. */
  readonly validateTicket?: NonNullable<TicketInsDeps['validate']>;
  /** A number for a ticket, with system validation. Without it cash-outs are refused. */
  readonly issueNumber?: IssueNumber;
  /** Takes a result for good; called again after a crash until it has resolved once. */
  readonly onTransfer?: (result: TransferResult) => Promise<void>;
  readonly onTicketIn?: (result: TicketInResult) => Promise<void>;
  /** Keeps what a machine told; it hears that it was received only when this has resolved. Not with `syncBeforePoll`. */
  readonly keepException?: (event: MachineEvent) => Promise<void>;
  /** The machine has heard so; the next thing is asked of it when this has resolved. */
  readonly onReceived?: () => Promise<void>;
  /** Every step of a transfer, as it happens; the next follows when this has resolved. */
  readonly onTransferStep?: (step: TransferStep) => Promise<void>;
}

export interface SasHostOptions {
  /** The line, or a loop that several machines share. */
  readonly line: Line | PollLoop;
  /** 1-127. */
  readonly address: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: 200 ms until the machine says that it takes 40 (facts 1.3). */
  readonly pollInterval?: Duration;
  readonly realTimeEvents?: boolean;
  /** `80` before every poll, for machines that want it; a lost answer cannot be asked for again then. */
  readonly syncBeforePoll?: boolean;
  /** Asks for every exception of one byte twice, since it has no CRC. Default: yes, unless `syncBeforePoll`. */
  readonly verifyExceptions?: boolean;
  /** Sets the machine's clock at every link-up; the default is to leave it. `now` in the machine's local time. */
  readonly machineTime?: () => { readonly date: string; readonly time: string };
  /** How the talk goes on that an earlier process may have left in the middle; default: it begins anew. */
  readonly firstPoll?: FirstPoll;
  readonly journal?: Journal;
  readonly handlers?: HostHandlers;
  /** Meters to read at regular times. */
  readonly meters?: { readonly codes: readonly string[]; readonly every: Duration };
  /** Exceptions whose follow-up poll is not wanted: another channel has that duty. */
  readonly withoutFollowUps?: readonly string[];
}
