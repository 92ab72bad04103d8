import { sql } from 'kysely';
import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { type Hall, type HallRef, keyOf } from '../hall/hall.ts';
import { findMachine, type Machine, saveMachine } from '../hall/machine.ts';
import { weighMeterEvidence } from '../transfers/evidence.ts';
import { applyFinding } from './apply-finding.ts';
import { addToBaseline, closeEpoch, openEpoch } from './epochs.ts';
import { judgeReading } from './judge-reading.ts';
import { applyLateReading } from './late-reading.ts';
import { addRow } from './rows.ts';

export interface TakenReading {
  at: Date;
  values: Readonly<Record<string, number>>;
}

/** Takes a reading into account: in its turn, or late where a newer one of the machine is known. */
export async function applyReading(hall: Hall, id: string, reading: TakenReading): Promise<void> {
  const machine = await findMachine(hall, id);
  if (!machine) return;
  const isLate = machine.lastReadingAt !== null && reading.at < machine.lastReadingAt;
  if (isLate) await applyLateReading(hall, machine, reading);
  else await applyNewest(hall, machine, reading);
  await hall.tx
    .insertInto('casino_readings')
    .values({
      ...keyOf(hall),
      fact_id: hall.fact,
      machine: id,
      at: reading.at,
      meters: JSON.stringify(reading.values),
    })
    .execute();
  await saveMachine(hall, machine);
  await weighMeterEvidence(hall, machine, reading);
}

async function applyNewest(hall: Hall, machine: Machine, { at, values }: TakenReading): Promise<void> {
  const since = machine.lastReadingAt;
  machine.lastReadingAt = at;
  machine.firstValues = { ...values, ...machine.firstValues };
  // A cabinet that nobody enrolled: what its meters do is not ours to count.
  if (machine.state !== 'live') return;
  if (machine.epoch === 0) await openEpoch(hall, machine, at, {});
  const verdict = judgeReading(
    values,
    machine.meters,
    { ...machine, clearExpected: machine.clearAnnounced || machine.clearTold },
    { since: since?.getTime(), at: at.getTime() },
  );
  if (verdict.verdict === 'reset') {
    await reset(hall, machine, { at, since: since!, values: verdict.values });
    return;
  }
  for (const finding of verdict.findings) await applyFinding(hall, machine, finding, { at, fromAt: since });
  await addToBaseline(hall, machine, verdict.findings);
  if (verdict.hasRollover) {
    const alert = { code: 'METER_ROLLOVER', subject: machine.id };
    await openAlert(hall, { ...alert, severity: 'info', at });
    await clearAlert(hall, alert.code, alert.subject, at);
  }
}

/** The machine's memory was cleared: its meters begin at zero, and what they show now was played since. */
async function reset(
  hall: Hall,
  machine: Machine,
  reading: { at: Date; since: Date; values: readonly (readonly [string, number])[] },
): Promise<void> {
  const { at, since, values } = reading;
  const gap = machine.clearAnnounced ? 'none' : 'unknown';
  await closeEpoch(hall, machine, { at: since, by: 'reset', gap });
  if (gap === 'unknown')
    await openAlert(hall, { code: 'RAM_CLEAR_UNANNOUNCED', subject: machine.id, severity: 'critical', at });
  machine.meters = Object.fromEntries(values.map(([code, base]) => [code, { base }]));
  machine.clearAnnounced = false;
  machine.clearTold = false;
  await openEpoch(hall, machine, at, Object.fromEntries(values.map(([code]) => [code, 0])));
  for (const [code, value] of values)
    await addRow(hall, machine, { code, at, fromAt: since, from: 0, to: value, delta: value, kind: 'reset' });
}

/** The newest reading of a machine that has one of the codes, by time and then by arrival. */
export async function lastValue(
  { tx, organisation, hall }: HallRef,
  machine: string,
  code: string,
  until?: Date,
): Promise<{ at: Date; value: number } | undefined> {
  const { rows } = await sql<{ at: Date; value: number }>`
    select at, (meters ->> ${code})::bigint as value from casino_readings
    where org_id = ${organisation} and hall_id = ${hall} and machine = ${machine} and meters ? ${code}
      ${until ? sql`and at <= ${until}` : sql``}
    order by at desc, fact_id desc limit 1`.execute(tx);
  return rows[0];
}
