import type { CasinoDayCheck } from '@vakhta/api';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { listMachines } from '../hall/machine.ts';
import { reconcileEach, transferFlows } from '../reports/reconciliation.ts';
import { unresolvedStates } from '../transfers/transfer.ts';
import { gameDayBounds } from './game-day.ts';

/** Keys of the transfers up to a day of which it is not known what became. */
export async function unresolvedTransfers({ tx, hall }: HallRef, date: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('casino_transfers')
    .select('key')
    .where('hall_id', '=', hall)
    .where('state', 'in', [...unresolvedStates])
    .where('requested_day', '<=', date)
    .orderBy('id')
    .execute();
  return rows.map(({ key }) => key);
}

/** Machines and meters with a doubtful delta up to a day that nobody has decided. */
export async function heldDeltas({ tx, hall }: HallRef, date: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('casino_held_deltas')
    .select(['machine', 'code'])
    .where('hall_id', '=', hall)
    .where('state', '=', 'open')
    .where('game_day', '<=', date)
    .orderBy('id')
    .execute();
  return rows.map(({ machine, code }) => `${machine} ${code}`);
}

/** Each machine's transfers of a day against its own meters. */
export async function variances(
  hall: HallRef,
  date: string,
): Promise<{ machine: string; hasVariance: boolean; isUnexplained: boolean }[]> {
  const each = await reconcileEach(hall, { gameDays: [date, date], flows: transferFlows });
  const byMachine = new Map(
    each.map(({ machine, reconciliation: { flows } }) => [machine, Object.values(flows)]),
  );
  return (await listMachines(hall)).map(({ id: machine }) => {
    const flows = byMachine.get(machine) ?? [];
    return {
      machine,
      hasVariance: flows.some(({ varianceMinor }) => varianceMinor !== 0),
      isUnexplained: flows.some(({ varianceMinor, explainedMinor }) => varianceMinor !== explainedMinor),
    };
  });
}

/** All that a person looks at before closing a day, the needed first. */
export async function dayChecks(
  hall: HallRef & { settings: HallSettings; now: Date },
  date: string,
): Promise<CasinoDayCheck[]> {
  const to = new Date(gameDayBounds(date, hall.settings).to);
  const isRunning = hall.now < to;
  const unread = (await listMachines(hall)).filter(
    ({ state, lastReadingAt }) => state === 'live' && (lastReadingAt === null || lastReadingAt < to),
  );
  const shifts = await hall.tx
    .selectFrom('casino_shifts')
    .select('desk')
    .where('hall_id', '=', hall.hall)
    .where('state', '!=', 'closed')
    .where('opened_at', '<', to)
    .orderBy('desk')
    .execute();
  const unexplained = (await variances(hall, date)).filter(({ isUnexplained }) => isUnexplained);
  return [
    { check: 'day_running', isNeeded: true, of: isRunning ? [date] : [] },
    { check: 'held_open', isNeeded: true, of: await heldDeltas(hall, date) },
    { check: 'transfer_unresolved', isNeeded: true, of: await unresolvedTransfers(hall, date) },
    { check: 'variance_unexplained', isNeeded: true, of: unexplained.map(({ machine }) => machine) },
    { check: 'machine_unread', isNeeded: false, of: isRunning ? [] : unread.map(({ id }) => id) },
    { check: 'shift_open', isNeeded: false, of: shifts.map(({ desk }) => desk) },
  ];
}
