import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { type Hall, keyOf } from '../hall/hall.ts';
import { listMachines } from '../hall/machine.ts';
import { reconcile, transferFlows } from '../reports/reconciliation.ts';
import { unresolvedStates } from '../transfers/transfer.ts';
import { isClosed } from './days.ts';

/** Two persons close a game day: from here on its figures stand, and what comes late is listed beside them. */
export async function closeDay(hall: Hall, act: FactOf<'gameDay.close'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const { date } = act;
  if (await isClosed(hall, date)) return refused('already_closed');
  if (await hasUnresolvedTransfer(hall, date)) return refused('transfer_unresolved');
  if (await hasHeldDelta(hall, date)) return refused('held_open');

  let hasVariance = false;
  let isUnexplained = false;
  for (const { id: machine } of await listMachines(hall)) {
    const { flows } = await reconcile(hall, { machine, gameDay: date, flows: transferFlows });
    const variances = Object.values(flows);
    hasVariance ||= variances.some(({ varianceMinor }) => varianceMinor !== 0);
    if (variances.some(({ varianceMinor, explainedMinor }) => varianceMinor !== explainedMinor)) {
      isUnexplained = true;
      await openAlert(hall, {
        code: 'AFT_METER_VARIANCE',
        subject: machine,
        severity: 'critical',
        at: hall.now,
      });
    } else await clearAlert(hall, 'AFT_METER_VARIANCE', machine, hall.now);
  }
  if (isUnexplained) return refused('variance_unexplained');
  await hall.tx
    .insertInto('casino_closed_days')
    .values({
      ...keyOf(hall),
      game_day: date,
      state: hasVariance ? 'closed_with_variance' : 'closed',
      closed_at: hall.now,
      fact_id: hall.fact,
    })
    .execute();
  return done;
}

async function hasUnresolvedTransfer(hall: Hall, date: string): Promise<boolean> {
  const row = await hall.tx
    .selectFrom('casino_transfers')
    .select('id')
    .where('hall_id', '=', hall.hall)
    .where('state', 'in', [...unresolvedStates])
    .where('requested_day', '<=', date)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasHeldDelta(hall: Hall, date: string): Promise<boolean> {
  const row = await hall.tx
    .selectFrom('casino_held_deltas')
    .select('id')
    .where('hall_id', '=', hall.hall)
    .where('state', '=', 'open')
    .where('game_day', '<=', date)
    .executeTakeFirst();
  return row !== undefined;
}
