import type { Clock, Duration, Random, Timer } from '@vakhta/kernel';
import { InternalError } from '@vakhta/kernel';
import { Cents, Credits } from '../../codec/money.ts';
import { centsToCredits, creditsToCents } from '../../tables/denominations.ts';
import type { MachineSetup } from '../machine-setup.ts';
import type { Ledger } from '../money/ledger.ts';
import type { MachineMeters } from '../money/machine-meters.ts';
import type { BillHappening, Happening } from '../port/exception-queue.ts';
import type { Quirks } from '../quirks.ts';

/** What the units of a machine share: its money, its time, and the way to tell the host that something happened. */
export interface Cabinet {
  readonly setup: MachineSetup;
  readonly quirks: Quirks;
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly meters: MachineMeters;
  raise(happening: Happening | BillHappening): void;
  /** Takes back a flag. */
  clear(flag: string): void;
  /** Raises a flag now and every `period` until the timer is cancelled. */
  raiseUntilServed(flag: string, period?: Duration): Timer;
  /** The machine's own date (MMDDYYYY) and time (HHMMSS). */
  wallClock(): { date: string; time: string };
  /** Runs at once, or when the mains are back. */
  whenOn(run: () => void): void;
  /** A sum over other meters, kept when the machine is set up to. */
  addDerived(code: string, amount: number): void;
}

/** Facts 1.8: how often a flag is raised again until it is served. */
export const reissueEvery: Duration = 15_000;

/** Cents of credits at the machine's denomination; a machine has only amounts that come out whole. */
export function centsOf(cabinet: Cabinet, credits: number): number {
  const cents = creditsToCents(Credits(credits), cabinet.setup.identity.denomCode);
  if (cents === undefined)
    throw new InternalError('sas.no_cents', 'the denomination does not make whole cents', {
      context: { credits },
    });
  return cents;
}

/** Credits of cents; undefined when they are no multiple of the denomination. */
export const creditsOf = (cabinet: Cabinet, cents: number): number | undefined =>
  centsToCredits(Cents(cents), cabinet.setup.identity.denomCode);
