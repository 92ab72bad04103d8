import { sql } from 'kysely';
import { openAlert } from '../alerts/alerts.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import type { Hall, HallRef } from '../hall/hall.ts';

export interface CashIn {
  cashInMinor: number;
  /** When the threshold was reached; null where it was not, or there is none. */
  reachedAt: Date | null;
}

/** Cash a player brought in one game day: notes while bound, and cashable transfers that name him. */
export async function cashInOf(
  { tx, organisation, hall }: HallRef,
  { player, gameDay, threshold }: { player: string; gameDay: string; threshold: number | null },
): Promise<CashIn> {
  const { rows } = await sql<{ at: Date; amount: number }>`
    select r.at, r.amount_minor as amount
    from casino_rows r
    join casino_sessions s on s.hall_id = r.hall_id and s.machine = r.machine
      and r.at > s.from_at and (s.to_at is null or r.at <= s.to_at)
    where r.org_id = ${organisation} and r.hall_id = ${hall} and r.code = '0B' and r.game_day = ${gameDay}
      and s.player = ${player}
    union all
    select final_at, applied_minor from casino_transfers
    where org_id = ${organisation} and hall_id = ${hall} and player = ${player} and kind = 'cashable'
      and direction = 'toMachine' and state in ('completed', 'partial') and final_day = ${gameDay}
    order by 1`.execute(tx);
  let cashInMinor = 0;
  let reachedAt: Date | null = null;
  for (const { at, amount } of rows) {
    cashInMinor += amount;
    if (threshold !== null && reachedAt === null && cashInMinor >= threshold) reachedAt = at;
  }
  return { cashInMinor, reachedAt };
}

/** Raises the alert once the player's cash of the game day that holds `at` reaches the threshold. */
export async function checkAml(hall: Hall, player: string, at: Date): Promise<void> {
  const threshold = hall.settings.policy.amlThresholdMinor;
  if (threshold === null) return;
  const gameDay = gameDayOf(at, hall.settings);
  const { reachedAt } = await cashInOf(hall, { player, gameDay, threshold });
  if (reachedAt)
    await openAlert(hall, { code: 'AML_THRESHOLD', subject: player, severity: 'high', at: reachedAt });
}

/** The same for whoever was bound on the machine then. */
export async function checkAmlOfMachine(hall: Hall, machine: string, at: Date): Promise<void> {
  const session = await hall.tx
    .selectFrom('casino_sessions')
    .select('player')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .where('from_at', '<', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>=', at)]))
    .executeTakeFirst();
  if (session) await checkAml(hall, session.player, at);
}
