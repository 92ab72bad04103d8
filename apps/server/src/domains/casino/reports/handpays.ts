import type { CasinoHandpay } from '@vakhta/api';
import type { HallRef } from '../hall/hall.ts';
import type { Handpay } from '../handpays/handpays.ts';
import { iso } from './tables/table.ts';

/** As a slip shows its number. */
export const slipNumber = (slip: number): string => String(slip).padStart(6, '0');

export const toHandpay = (row: Handpay): CasinoHandpay => ({
  machine: row.machine,
  slip: row.slip === null ? null : slipNumber(row.slip),
  kind: row.kind as CasinoHandpay['kind'],
  dueMinor: row.due_minor,
  paidMinor: row.paid_minor,
  desk: row.desk,
  paidBy: row.paid_by,
  approvedBy: row.approved_by,
  lockedAt: row.locked_at.toISOString(),
  paidAt: iso(row.paid_at),
  resetAt: iso(row.reset_at),
  gameDay: row.locked_day,
});

/** Those by which machines are locked, or which are owed still. */
export const openHandpays = ({ tx, hall }: HallRef): Promise<Handpay[]> =>
  tx
    .selectFrom('casino_handpays')
    .selectAll()
    .where('hall_id', '=', hall)
    .where((eb) =>
      eb.or([eb('reset_at', 'is', null), eb.and([eb('due_minor', '>', 0), eb('slip', 'is', null)])]),
    )
    .orderBy('id')
    .execute();

/** The newest of those that are over. */
export const pastHandpays = ({ tx, hall }: HallRef, limit: number): Promise<Handpay[]> =>
  tx
    .selectFrom('casino_handpays')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('reset_at', 'is not', null)
    .where((eb) => eb.or([eb('due_minor', '=', 0), eb('slip', 'is not', null)]))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
