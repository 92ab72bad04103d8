import type { Selectable } from 'kysely';
import type { CasinoMachines } from '../../../platform/postgres/schema.ts';
import type { Meters } from '../meters/judge-reading.ts';
import type { MeterDigits, MeterLimits } from '../meters/meter-codes.ts';
import type { HallRef } from './hall.ts';

/** A machine as it stands; `meters` and `firstValues` are of its current epoch and of all time. */
export interface Machine extends MeterLimits {
  id: string;
  agent: string;
  position: string | null;
  serial: string;
  romSignature: string | null;
  previousSerials: string[];
  state: 'live' | 'waiting_enrolment';
  /** The fact that told of another cabinet; null while live. */
  waitingSince: number | null;
  parHoldPct: string | null;
  meterDigits: MeterDigits;
  meters: Meters;
  firstValues: Record<string, number>;
  epoch: number;
  lastReadingAt: Date | null;
  clearAnnounced: boolean;
  clearTold: boolean;
}

// The three JSON columns are written by `saveMachine` alone.
const toMachine = (row: Selectable<CasinoMachines>): Machine => ({
  id: row.machine,
  agent: row.agent,
  position: row.position,
  serial: row.serial,
  romSignature: row.rom_signature,
  previousSerials: row.previous_serials,
  state: row.state as Machine['state'],
  waitingSince: row.waiting_since,
  denominationMinor: row.denomination_minor,
  parHoldPct: row.par_hold_pct,
  meterDigits: row.meter_digits as MeterDigits,
  maxBetCredits: row.max_bet_credits,
  maxWinCredits: row.max_win_credits,
  meters: row.meters as Meters,
  firstValues: row.first_values as Record<string, number>,
  epoch: row.epoch,
  lastReadingAt: row.last_reading_at,
  clearAnnounced: row.clear_announced,
  clearTold: row.clear_told,
});

export async function findMachine({ tx, hall }: HallRef, id: string): Promise<Machine | undefined> {
  const row = await tx
    .selectFrom('casino_machines')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('machine', '=', id)
    .executeTakeFirst();
  return row && toMachine(row);
}

export async function listMachines({ tx, hall }: HallRef): Promise<Machine[]> {
  const rows = await tx.selectFrom('casino_machines').selectAll().where('hall_id', '=', hall).execute();
  return rows.map(toMachine).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes what moves on of a machine. */
export async function saveMachine({ tx, hall }: HallRef, machine: Machine): Promise<void> {
  await tx
    .updateTable('casino_machines')
    .set({
      serial: machine.serial,
      rom_signature: machine.romSignature,
      previous_serials: machine.previousSerials,
      state: machine.state,
      waiting_since: machine.waitingSince,
      denomination_minor: machine.denominationMinor,
      par_hold_pct: machine.parHoldPct,
      meters: JSON.stringify(machine.meters),
      first_values: JSON.stringify(machine.firstValues),
      epoch: machine.epoch,
      last_reading_at: machine.lastReadingAt,
      clear_announced: machine.clearAnnounced,
      clear_told: machine.clearTold,
    })
    .where('hall_id', '=', hall)
    .where('machine', '=', machine.id)
    .execute();
}

/** The last values of its meters, without what is held. */
export const basesOf = ({ meters }: Pick<Machine, 'meters'>): Record<string, number> =>
  Object.fromEntries(Object.entries(meters).map(([code, { base }]) => [code, base]));
