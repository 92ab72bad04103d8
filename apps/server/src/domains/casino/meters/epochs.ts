import { type Hall, keyOf } from '../hall/hall.ts';
import { basesOf, type Machine } from '../hall/machine.ts';
import type { Finding } from './judge-reading.ts';

/** Opens the machine's next epoch. `machine.meters` already holds where the codes stand in it. */
export async function openEpoch(
  hall: Hall,
  machine: Machine,
  at: Date,
  baseline: Readonly<Record<string, number>>,
): Promise<void> {
  machine.epoch += 1;
  await hall.tx
    .insertInto('casino_epochs')
    .values({
      ...keyOf(hall),
      machine: machine.id,
      epoch: machine.epoch,
      opened_at: at,
      denomination_minor: machine.denominationMinor,
      par_hold_pct: machine.parHoldPct,
      baseline: JSON.stringify(baseline),
    })
    .execute();
}

export async function closeEpoch(
  hall: Hall,
  machine: Machine,
  closing: { at: Date; by: 'reset' | 'config' | 'swap'; gap: 'none' | 'unknown' },
): Promise<void> {
  await hall.tx
    .updateTable('casino_epochs')
    .set({
      closed_at: closing.at,
      closed_by: closing.by,
      gap: closing.gap,
      last: JSON.stringify(basesOf(machine)),
    })
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('epoch', '=', machine.epoch)
    .execute();
}

/** Codes first seen in the open epoch join its baseline. */
export async function addToBaseline(
  hall: Hall,
  machine: Machine,
  findings: readonly Finding[],
): Promise<void> {
  const first = findings.flatMap((one) =>
    one.finding === 'baseline' ? [[one.code, one.value] as const] : [],
  );
  if (first.length === 0) return;
  const epoch = await hall.tx
    .selectFrom('casino_epochs')
    .select('baseline')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('epoch', '=', machine.epoch)
    .executeTakeFirstOrThrow();
  await hall.tx
    .updateTable('casino_epochs')
    .set({
      baseline: JSON.stringify({
        ...(epoch.baseline as Record<string, number>),
        ...Object.fromEntries(first),
      }),
    })
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('epoch', '=', machine.epoch)
    .execute();
}
