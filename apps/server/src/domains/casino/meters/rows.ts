import { clearAlert } from '../alerts/alerts.ts';
import { isClosed, openDayFrom, writeAdjustment } from '../game-days/days.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { type Hall, keyOf, nextId } from '../hall/hall.ts';
import type { Machine } from '../hall/machine.ts';
import { accounts, type Leg, post } from '../ledger/post.ts';
import { contribute } from '../pools/pools.ts';
import { checkAmlOfMachine } from '../sessions/aml.ts';
import { noteGame } from '../sessions/sessions.ts';
import { amountOf } from './meter-codes.ts';

export type RowKind = 'normal' | 'rollover' | 'reset' | 'closing' | 'accepted';

export interface NewRow {
  code: string;
  at: Date;
  /** The reading before. */
  fromAt: Date | null;
  from: number;
  to: number;
  delta: number;
  kind: RowKind;
}

/** Of which time a row is, where that is not the machine's present. */
export interface RowTerms {
  epoch: number;
  denominationMinor: number;
  parHoldPct: string | null;
}

export const isLateAt = (hall: Hall, at: Date): boolean =>
  hall.now.getTime() - at.getTime() > hall.settings.policy.lateSeconds * 1000;

/** Whether an interval crosses the start of a game day and is too long to say on which side its play was. */
export function isUnsplit(hall: Hall, fromAt: Date | null, at: Date): boolean {
  if (!fromAt || at.getTime() - fromAt.getTime() <= hall.settings.policy.boundarySlackSeconds * 1000)
    return false;
  return gameDayOf(fromAt, hall.settings) !== gameDayOf(at, hall.settings);
}

/** Books what a meter moved by: the row, and all that follows from it. A delta of zero is nothing. */
export async function addRow(
  hall: Hall,
  machine: Machine,
  row: NewRow,
  terms: RowTerms = machine,
): Promise<void> {
  if (row.delta === 0) return;
  const day = gameDayOf(row.at, hall.settings);
  const isDayClosed = await isClosed(hall, day);
  if (isDayClosed)
    await writeAdjustment(hall, {
      machine: machine.id,
      gameDay: day,
      code: row.code,
      change: row.delta,
      kind: 'late',
    });
  const amount = amountOf(row.code, row.delta, {
    denominationMinor: terms.denominationMinor,
    minorDigits: hall.settings.minorDigits,
  });
  await hall.tx
    .insertInto('casino_rows')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_rows'),
      machine: machine.id,
      epoch: terms.epoch,
      code: row.code,
      at: row.at,
      from_at: row.fromAt,
      from_value: row.from,
      to_value: row.to,
      delta: row.delta,
      kind: row.kind,
      amount_minor: amount,
      denomination_minor: terms.denominationMinor,
      par_hold_pct: terms.parHoldPct,
      game_day: isDayClosed ? await openDayFrom(hall, day) : day,
      late: isLateAt(hall, row.at),
      unsplit: isUnsplit(hall, row.fromAt, row.at),
      fact_id: hall.fact,
    })
    .execute();
  await post(hall, 'meter', legsOf(machine.id, row.code, amount ?? 0));
  if (row.code === '00') await contribute(hall, machine.id, { at: row.at, coinInMinor: amount ?? 0 });
  if (row.code === '0B') await checkAmlOfMachine(hall, machine.id, row.at);
  if (row.code === '05' && row.delta > 0) {
    await noteGame(hall, machine.id, row.at);
    await clearAlert(hall, 'TILT_GENERAL', machine.id, row.at);
  }
}

function legsOf(machine: string, code: string, amount: number): Leg[] {
  const { credits, gameWin, billbox } = accounts;
  switch (code) {
    case '00':
      return [
        [credits(machine), amount],
        [gameWin(machine), -amount],
      ];
    case '01':
      return [
        [gameWin(machine), amount],
        [credits(machine), -amount],
      ];
    case '0B':
      return [
        [billbox(machine), amount],
        [credits(machine), -amount],
      ];
    default:
      return [];
  }
}
