import { listMachines } from '../../hall/machine.ts';
import { shownValue } from '../../pools/pools.ts';
import { drop } from '../floor.ts';
import { flowNames, reconcileEach } from '../reconciliation.ts';
import { columns, iso, type Line, type ReportDeclaration, wholeMinutes } from './table.ts';

/** Report 5: the transactions of machines. */
export const transactionReport: ReportDeclaration = {
  title: 'Transaction log',
  columns: columns(
    ['at:time', 'Time'],
    ['asset', 'Asset'],
    ['type:word', 'Type'],
    ['direction:word', 'Direction'],
    ['amount:minor', 'Asked for'],
    ['applied:minor', 'Applied'],
    ['returned:minor', 'Returned'],
    ['player', 'Player'],
    ['desk', 'Desk'],
    ['id', 'Key'],
    ['gameDay', 'Game day'],
    ['state:word', 'State'],
    ['finalAt:time', 'Final at'],
  ),
  async read({ tx, hall }, { first, last, machine }) {
    let query = tx
      .selectFrom('casino_transfers')
      .selectAll()
      .where('hall_id', '=', hall)
      .where('requested_day', '>=', first)
      .where('requested_day', '<=', last);
    if (machine !== undefined) query = query.where('machine', '=', machine);
    return (await query.orderBy('id').execute()).map((row) => ({
      at: row.requested_at.toISOString(),
      asset: row.machine,
      type: row.kind,
      direction: row.direction,
      amount: row.amount_minor,
      applied: row.applied_minor,
      returned: row.returned_minor,
      player: row.player,
      desk: row.desk,
      id: row.key,
      gameDay: row.requested_day,
      state: row.state,
      finalAt: iso(row.final_at),
    }));
  },
};

/** Report 6: jackpots and handpays. */
export const handpayReport: ReportDeclaration = {
  title: 'Jackpots and handpays',
  columns: columns(
    ['slip', 'Slip'],
    ['lockedAt:time', 'Locked'],
    ['paidAt:time', 'Paid'],
    ['resetAt:time', 'Reset'],
    ['minutes:minutes', 'Minutes'],
    ['asset', 'Asset'],
    ['kind:word', 'Kind'],
    ['amount:minor', 'Machine’s amount'],
    ['partial:minor', 'Paid by the machine'],
    ['slipAmount:minor', 'Slip amount'],
    ['variance:minor', 'Variance'],
    ['desk', 'Desk'],
    ['cashier:member', 'Cashier'],
    ['verifier:member', 'Verifier'],
  ),
  async read({ tx, hall }, { first, last, machine }) {
    let query = tx
      .selectFrom('casino_handpays')
      .selectAll()
      .where('hall_id', '=', hall)
      .where('locked_day', '>=', first)
      .where('locked_day', '<=', last);
    if (machine !== undefined) query = query.where('machine', '=', machine);
    return (await query.orderBy('id').execute()).map((row) => ({
      slip: row.slip === null ? null : String(row.slip).padStart(6, '0'),
      lockedAt: row.locked_at.toISOString(),
      paidAt: iso(row.paid_at),
      resetAt: iso(row.reset_at),
      minutes: wholeMinutes(row.locked_at, row.reset_at),
      asset: row.machine,
      kind: row.kind,
      amount: row.amount_minor,
      partial: row.partial_minor,
      slipAmount: row.slip === null ? null : row.paid_minor,
      variance: row.slip === null ? null : row.paid_minor - row.due_minor,
      desk: row.desk,
      cashier: row.paid_by,
      verifier: row.approved_by,
    }));
  },
};

/** Report 7: what was counted out of the stackers. */
export const dropReport: ReportDeclaration = {
  title: 'Drop',
  columns: columns(
    ['asset', 'Asset'],
    ['removedAt:time', 'Removed'],
    ['countedAt:time', 'Counted'],
    ['metered:minor', 'Metered'],
    ['counted:minor', 'Counted amount'],
    ['variance:minor', 'Difference'],
    ['variancePct:percent', 'Difference, %'],
    ['lines', 'Notes that differ'],
    ['status:word', 'Status'],
  ),
  async read(hall, { from, to, machine }) {
    const lines: Line[] = [];
    for (const { id } of await listMachines(hall)) {
      if (machine !== undefined && id !== machine) continue;
      for (const one of await drop(hall, id)) {
        if (one.countedAt! < from || one.countedAt! >= to) continue;
        lines.push({
          asset: id,
          removedAt: one.removedAt.toISOString(),
          countedAt: iso(one.countedAt),
          metered: one.meteredMinor,
          counted: one.countedMinor,
          variance: one.varianceMinor,
          variancePct: one.variancePct,
          lines: one.lines
            .map((line) => `${line.valueMinor}: ${line.meteredNotes} metered, ${line.countedNotes} counted`)
            .join('; '),
          status: one.status,
        });
      }
    }
    return lines;
  },
};

/** Report 8: what we recorded against what the machines metered. */
export const cashlessReport: ReportDeclaration = {
  title: 'Cashless reconciliation',
  columns: columns(
    ['gameDay', 'Game day'],
    ['asset', 'Asset'],
    ['flow:word', 'Flow'],
    ['recorded:minor', 'Recorded'],
    ['metered:minor', 'Metered'],
    ['variance:minor', 'Variance'],
    ['variancePct:percent', 'Variance, %'],
    ['explained:minor', 'Explained'],
    ['candidates', 'May explain it'],
  ),
  async read(hall, { first, last, machine }) {
    const each = await reconcileEach(hall, { machine, gameDays: [first, last], flows: flowNames });
    return each.flatMap(({ gameDay, machine: asset, reconciliation: { flows, candidates } }) =>
      Object.entries(flows)
        .filter(([, { recordedMinor, meteredMinor }]) => recordedMinor !== 0 || meteredMinor !== 0)
        .map(([flow, of]) => ({
          gameDay,
          asset,
          flow,
          recorded: of.recordedMinor,
          metered: of.meteredMinor,
          variance: of.varianceMinor,
          variancePct: of.variancePct,
          explained: of.explainedMinor,
          candidates: of.varianceMinor === 0 ? '' : candidates.join(', '),
        })),
    );
  },
};

/** Report 9: shifts of the cash desks. */
export const shiftReport: ReportDeclaration = {
  title: 'Cash-desk shifts',
  columns: columns(
    ['desk', 'Desk'],
    ['cashier:member', 'Cashier'],
    ['openedAt:time', 'Opened'],
    ['closedAt:time', 'Closed'],
    ['state:word', 'State'],
    ['opening:minor', 'Opening float'],
    ['expected:minor', 'Expected'],
    ['counted:minor', 'Blind count'],
    ['overShort:minor', 'Over or short'],
    ['reason', 'Reason'],
    ['approver:member', 'Approver'],
  ),
  async read({ tx, hall }, { from, to }) {
    const rows = await tx
      .selectFrom('casino_shifts')
      .selectAll()
      .where('hall_id', '=', hall)
      .where('opened_at', '<', to)
      .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>=', from)]))
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      desk: row.desk,
      cashier: row.cashier,
      openedAt: row.opened_at.toISOString(),
      closedAt: iso(row.closed_at),
      state: row.state,
      opening: row.opening_minor,
      expected: row.expected_minor,
      counted: row.counted_minor,
      overShort: row.counted_minor === null ? null : row.counted_minor - row.expected_minor!,
      reason: row.reason,
      approver: row.approved_by,
    }));
  },
};

/** Report 14: the pools; their closing value is what the house owes to them. */
export const poolReport: ReportDeclaration = {
  title: 'Jackpot pools',
  columns: columns(
    ['pool', 'Pool'],
    ['at:time', 'Time'],
    ['asset', 'Asset'],
    ['coinIn:minor', 'Coin-in'],
    ['contribution:minor', 'Contribution'],
    ['value:minor', 'Value'],
    ['award:minor', 'Award'],
  ),
  async read({ tx, hall }, { from, to, machine }) {
    let query = tx
      .selectFrom('casino_contributions')
      .selectAll()
      .where('hall_id', '=', hall)
      .where('at', '>=', from)
      .where('at', '<', to);
    if (machine !== undefined) query = query.where('machine', '=', machine);
    return (await query.orderBy('id').execute()).map((row) => ({
      pool: row.pool,
      at: row.at.toISOString(),
      asset: row.machine,
      coinIn: row.coin_in_minor,
      contribution: shownValue(BigInt(row.contribution_e7)),
      value: shownValue(BigInt(row.value_e7)),
      award: row.award_minor,
    }));
  },
};
