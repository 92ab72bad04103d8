import { InternalError } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres/database.ts';
import { Policy } from '../facts/fact.ts';
import type { GameDayRule } from '../game-days/game-day.ts';

export interface HallSettings extends GameDayRule {
  currency: string;
  minorDigits: number;
  policy: Policy;
}

/** Which hall, in which transaction. */
export interface HallRef {
  tx: Tx;
  organisation: string;
  hall: string;
}

/** A hall while one fact is taken in: locked, so that no two facts of a hall overtake one another. */
export interface Hall extends HallRef {
  settings: HallSettings;
  /** When the fact was received; for a timer, when it was due. */
  now: Date;
  fact: number;
}

/** The columns every table of the casino begins with. */
export const keyOf = ({ organisation, hall }: HallRef) => ({ org_id: organisation, hall_id: hall });

/** Tables whose rows are numbered within their hall. */
type Numbered =
  | 'casino_rows'
  | 'casino_held_deltas'
  | 'casino_adjustments'
  | 'casino_sessions'
  | 'casino_entries'
  | 'casino_shifts'
  | 'casino_transfers'
  | 'casino_transfer_steps'
  | 'casino_handpays'
  | 'casino_stackers'
  | 'casino_contributions'
  | 'casino_alerts';

/** The next number of a table in this hall: no sequence, so that a rebuild gives the same ones. */
export async function nextId({ tx, organisation, hall }: HallRef, table: Numbered): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(id), 0) + 1 as id from ${sql.table(table)}
    where org_id = ${organisation} and hall_id = ${hall}`.execute(tx);
  return rows[0]!.id;
}

export async function readSettings({ tx, hall }: HallRef): Promise<HallSettings> {
  const row = await tx
    .selectFrom('casino_settings')
    .selectAll()
    .where('hall_id', '=', hall)
    .executeTakeFirst();
  if (!row) throw new InternalError('casino.hall_not_set', 'the hall has no settings', { context: { hall } });
  return {
    timeZone: row.time_zone,
    gameDayStart: row.game_day_start,
    currency: row.currency,
    minorDigits: row.minor_digits,
    policy: Policy.parse(row.policy),
  };
}
