/** Habits of real machines that a host must live with (facts 10.8). */
export interface Quirks {
  /** In real-time mode nothing to report is silence, not `FF 00`. */
  readonly silentWhenIdle: boolean;
  /** What a general poll is answered with when there is nothing: 00, or the obsolete 1F. */
  readonly idleException: '00' | '1F';
  /** Commands that get no answer, as if the machine did not know them. */
  readonly ignored: readonly string[];
  /** Events that come without their data. */
  readonly bareEvents: readonly string[];
  /** Refuses a transfer to the host that is not of the whole balance (status 86). */
  readonly noPartialToHost: boolean;
  /** Refuses transfers until it was registered by 00 and 01. */
  readonly needsRegistration: boolean;
  /** Answers only right after other traffic: the host must send `80` before every poll. */
  readonly needsSyncBeforePoll: boolean;
  /** Looks at the ninth bit only after an idle gap, as machines do that serve hosts without one. */
  readonly lenientWakeup: boolean;
  /** Answers a transfer with buffer position and status only. */
  readonly shortTransferAnswers: boolean;
  /** Answers 70 with a full record of zeros when there is no ticket. */
  readonly zerosWithoutTicket: boolean;
  /** Meters of 6F that are answered with size 0, as not supported. */
  readonly missingMeters: readonly string[];
  /** Electronic money counts as drop (24) when it comes and as cancelled (04) when it goes, and in credits by kind too. */
  readonly transfersInDropAndCancelled: boolean;
  /** Bytes of every meter of 6F; undefined: those of the table. */
  readonly meterBytes: number | undefined;
}

export const plainQuirks: Quirks = {
  silentWhenIdle: false,
  idleException: '00',
  ignored: [],
  bareEvents: [],
  noPartialToHost: false,
  needsRegistration: false,
  needsSyncBeforePoll: false,
  lenientWakeup: false,
  shortTransferAnswers: false,
  zerosWithoutTicket: false,
  missingMeters: [],
  transfersInDropAndCancelled: false,
  meterBytes: undefined,
};

/** Machines as they were met, each with its habits. */
export const quirkProfiles = {
  plain: {},
  silentInRealTime: { silentWhenIdle: true },
  waitsForPlayer: { idleException: '1F' },
  withoutLastBill: { ignored: ['48'] },
  wholeBalanceOnly: { noPartialToHost: true },
  registersFirst: { needsRegistration: true },
  syncBeforeEveryPoll: { needsSyncBeforePoll: true },
  bareReelStops: { bareEvents: ['88'] },
  lenient: { lenientWakeup: true },
  terseTransfers: { shortTransferAnswers: true, zerosWithoutTicket: true },
  everythingInDrop: { transfersInDropAndCancelled: true },
  longMeters: { meterBytes: 9, missingMeters: ['0008', '0009'] },
} as const satisfies Record<string, Partial<Quirks>>;

export type QuirkProfile = keyof typeof quirkProfiles;

export const isQuirkProfile = (name: string): name is QuirkProfile => Object.hasOwn(quirkProfiles, name);
