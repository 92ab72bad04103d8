import { sql } from 'kysely';
import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { HOLD_JUDGED_DAYS, judgeHold } from '../alerts/differences.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { type Hall, keyOf } from '../hall/hall.ts';
import { holdAnalysis } from '../reports/play.ts';
import { heldDeltas, unresolvedTransfers, variances } from './day-checks.ts';
import { isClosed } from './days.ts';
import { plusDays } from './game-day.ts';

/** What the day's rows came to. */
interface Certificate {
  rows: number;
  coin_in_minor: number;
  won_minor: number;
  rows_hash: string;
}

/** Two persons close a game day: from here on its figures stand, and what comes late is listed beside them. */
export async function closeDay(hall: Hall, act: FactOf<'gameDay.close'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const { date } = act;
  if (await isClosed(hall, date)) return refused('already_closed');
  if ((await unresolvedTransfers(hall, date)).length > 0) return refused('transfer_unresolved');
  if ((await heldDeltas(hall, date)).length > 0) return refused('held_open');

  const found = await variances(hall, date);
  for (const { machine, isUnexplained } of found)
    if (isUnexplained)
      await openAlert(hall, {
        code: 'AFT_METER_VARIANCE',
        subject: machine,
        severity: 'critical',
        at: hall.now,
      });
    else await clearAlert(hall, 'AFT_METER_VARIANCE', machine, hall.now);
  if (found.some(({ isUnexplained }) => isUnexplained)) return refused('variance_unexplained');
  const { rows: certificates } = await sql<Certificate>`
    select * from casino_certify(${hall.organisation}, ${hall.hall}, ${date})`.execute(hall.tx);
  await hall.tx
    .insertInto('casino_closed_days')
    .values({
      ...keyOf(hall),
      game_day: date,
      state: found.some(({ hasVariance }) => hasVariance) ? 'closed_with_variance' : 'closed',
      closed_at: hall.now,
      fact_id: hall.fact,
      ...certificates[0]!,
    })
    .execute();
  const judged = await holdAnalysis(hall, [plusDays(date, 1 - HOLD_JUDGED_DAYS), date]);
  for (const { machine, alert } of judged) await judgeHold(hall, { machine, isOff: alert });
  return done;
}
