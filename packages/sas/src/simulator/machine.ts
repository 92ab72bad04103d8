import type { Bonuses } from './units/bonuses.ts';
import type { Cabinet } from './units/cabinet.ts';
import type { Cashouts } from './units/cashouts.ts';
import type { Handpays } from './units/handpays.ts';
import type { Progressives } from './units/progressives.ts';
import type { Registration } from './units/registration.ts';
import type { TicketsIn } from './units/tickets-in.ts';
import type { TransferLock } from './units/transfer-lock.ts';
import type { Transfers } from './units/transfers.ts';
import type { ValidationRecords } from './units/validation-records.ts';

/** What a machine is set to, by its host and its operator. */
export interface Switches {
  playEnabled: boolean;
  gameEnabled: boolean;
  billsEnabled: boolean;
  billsStayEnabled: boolean;
  /** Bit per bill denomination, as in poll 08. */
  billMask: number;
  inMaintenance: boolean;
  doorOpen: boolean;
  /** Answers every long poll with busy. */
  busy: boolean;
}

/** A machine as its handlers and its players see it. */
export interface Machine extends Cabinet {
  readonly handpays: Handpays;
  readonly records: ValidationRecords;
  readonly cashouts: Cashouts;
  readonly ticketsIn: TicketsIn;
  readonly registration: Registration;
  readonly transfers: Transfers;
  readonly lock: TransferLock;
  readonly progressives: Progressives;
  readonly bonuses: Bonuses;
  readonly switches: Switches;
  /** Poll 7B: state bits and expiration days. */
  readonly ticketing: { states: number; cashableDays: number; restrictedDays: number; isDataSet: boolean };
  readonly counters: { slotDoorOpened: number; powerResets: number; billUnits: number };
  lastBill: { countryCode: number; billDenomCode: number; billCount: number };
  floorLocation: string;
  setWallClock(date: string, time: string): boolean;
}
