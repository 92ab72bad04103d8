import { sql } from 'kysely';
import { percentage, thousandths } from '../arithmetic/rounding.ts';
import { latestShift } from '../cash-desk/shifts.ts';
import { meteredByValue, type Notes, worthOf } from '../drop/stackers.ts';
import { gameDayBounds, gameDayOf, localTime } from '../game-days/game-day.ts';
import { creditingAllowed, linkOf } from '../hall/crediting.ts';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { basesOf, findMachine } from '../hall/machine.ts';
import { shownValue } from '../pools/pools.ts';
import { cashInOf } from '../sessions/aml.ts';
import { findTransfer } from '../transfers/transfer.ts';
import { slipNumber } from './handpays.ts';

type Read = HallRef & { settings: HallSettings; now: Date };
type Values = Record<string, number>;

const pick = (values: Values, codes: readonly string[] | undefined): Values =>
  codes
    ? Object.fromEntries(codes.flatMap((code) => (code in values ? [[code, values[code]!]] : [])))
    : values;

export async function epochs(hall: Read, machine: string, codes?: readonly string[]) {
  const current = await findMachine(hall, machine);
  const rows = await hall.tx
    .selectFrom('casino_epochs')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .orderBy('epoch')
    .execute();
  return rows.map((row) => ({
    epoch: row.epoch,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    gap: row.gap,
    baseline: pick(row.baseline as Values, codes),
    last: pick((row.last as Values | null) ?? (current ? basesOf(current) : {}), codes),
  }));
}

export async function heldDeltas({ tx, hall }: Read, machine: string) {
  const rows = await tx
    .selectFrom('casino_held_deltas')
    .select(['at', 'code', 'kind', 'delta', 'limit_value as limit', 'state'])
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .orderBy('at')
    .orderBy(sql`code collate "C"`)
    .orderBy('id')
    .execute();
  return rows;
}

export function adjustments({ tx, hall }: Read, machine: string) {
  return tx
    .selectFrom('casino_adjustments')
    .select(['game_day as gameDay', 'code', 'change', 'kind'])
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .orderBy('written_at')
    .orderBy(sql`game_day collate "C"`)
    .orderBy(sql`code collate "C"`)
    .orderBy('id')
    .execute();
}

export const gameDays = ({ settings }: Read, dates: readonly string[]) =>
  dates.map((date) => {
    const { from, to } = gameDayBounds(date, settings);
    return { date, from: new Date(from), to: new Date(to), seconds: (to - from) / 1000 };
  });

export const gameDayAt = ({ settings }: Read, instant: Date) => ({
  date: gameDayOf(instant, settings),
  local: localTime(instant.getTime(), settings.timeZone),
});

export async function gameDayState({ tx, hall }: Read, date: string): Promise<{ state: string }> {
  const row = await tx
    .selectFrom('casino_closed_days')
    .select('state')
    .where('hall_id', '=', hall)
    .where('game_day', '=', date)
    .executeTakeFirst();
  return { state: row?.state ?? 'open' };
}

/** A machine as it stands; undefined where there is none of that name. */
export async function machineState(hall: Read, id: string) {
  const machine = await findMachine(hall, id);
  if (!machine) return undefined;
  const last = await hall.tx
    .selectFrom('casino_readings')
    .select(['at', 'meters'])
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', id)
    .orderBy('at', 'desc')
    .orderBy('fact_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    state: machine.state,
    serial: machine.serial,
    previousSerials: machine.previousSerials,
    creditingAllowed: await creditingAllowed(hall, machine),
    link: await linkOf(hall, machine.agent),
    lastReadingAt: last?.at ?? null,
    coinInMeter: (last?.meters as Values | undefined)?.['00'] ?? null,
  };
}

/** The exceptions of a machine in the order of time; with `latest`, that many of the newest. */
export async function eventLog({ tx, hall }: Read, machine: string, latest?: number) {
  const query = tx
    .selectFrom('casino_facts')
    .select(['at', 'data'])
    .where('hall_id', '=', hall)
    .where('kind', '=', 'exception')
    .where('machine', '=', machine)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc');
  const rows = await (latest === undefined ? query : query.limit(latest)).execute();
  return rows.reverse().map(({ at, data }) => ({ at, code: (data as { code: string }).code }));
}

export function alerts(
  { tx, hall }: Read,
  filter: { codes?: readonly string[]; subject?: string | undefined },
) {
  let query = tx
    .selectFrom('casino_alerts')
    .select(['code', 'severity', 'subject', 'opened_at as openedAt', 'cleared_at as clearedAt', 'count'])
    .where('hall_id', '=', hall);
  if (filter.codes) query = query.where('code', 'in', [...filter.codes]);
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  return query
    .orderBy('opened_at')
    .orderBy(sql`code collate "C"`)
    .orderBy(sql`subject collate "C"`)
    .orderBy('id')
    .execute();
}

export function orders({ tx, hall }: Read, agent: string) {
  return tx
    .selectFrom('casino_orders')
    .select(['order_name as id', 'result', 'code'])
    .where('hall_id', '=', hall)
    .where('agent', '=', agent)
    .orderBy('fact_id')
    .execute();
}

export async function aml(hall: Read, player: string, gameDay: string) {
  return cashInOf(hall, { player, gameDay, threshold: hall.settings.policy.amlThresholdMinor });
}

export async function pool(hall: Read, id: string) {
  const row = await hall.tx
    .selectFrom('casino_pools')
    .select('value_e7')
    .where('hall_id', '=', hall.hall)
    .where('pool', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const contributions = await hall.tx
    .selectFrom('casino_contributions')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('pool', '=', id)
    .orderBy('id')
    .execute();
  return {
    valueMinor: shownValue(BigInt(row.value_e7)),
    contributions: contributions.map((one) => ({
      machine: one.machine,
      coinInMinor: one.coin_in_minor,
      contributionMinor: shownValue(BigInt(one.contribution_e7)),
      valueMinor: shownValue(BigInt(one.value_e7)),
    })),
    hits: contributions.flatMap(({ at, machine, award_minor }) =>
      award_minor === null ? [] : [{ at, machine, awardMinor: award_minor }],
    ),
  };
}

export async function transfer(hall: Read, key: string) {
  const row = await findTransfer(hall, key);
  if (!row) return null;
  return {
    state: row.state,
    requestedMinor: row.amount_minor,
    appliedMinor: row.applied_minor,
    returnedMinor: row.returned_minor,
    initiations: row.initiations,
    secondsOpen: row.final_at && thousandths(BigInt(row.final_at.getTime() - row.requested_at.getTime())),
  };
}

export async function handpays({ tx, hall }: Read, machine: string) {
  const rows = await tx
    .selectFrom('casino_handpays')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    slip: row.slip === null ? null : slipNumber(row.slip),
    kind: row.kind,
    dueMinor: row.due_minor,
    partialMinor: row.partial_minor,
    winTotalMinor: winTotalOf(row),
    paidMinor: row.paid_minor,
    signatures: row.signatures,
    lockedAt: row.locked_at,
    resetAt: row.reset_at,
    seconds: row.reset_at && Math.floor((row.reset_at.getTime() - row.locked_at.getTime()) / 1000),
  }));
}

/** What was won, however it was paid; a guest's own credits are no win. */
function winTotalOf(row: { kind: string | null; amount_minor: number; partial_minor: number }): number {
  if (row.kind === 'progressive') return row.amount_minor;
  return row.kind === 'nonProgressive' ? row.amount_minor + row.partial_minor : 0;
}

export async function shift(hall: Read, desk: string) {
  const row = await latestShift(hall, desk);
  if (!row) return undefined;
  const { shiftToleranceMinor: tolerance, shiftReportAtMinor: reportAt } = hall.settings.policy;
  const over = row.counted_minor === null ? null : row.counted_minor - row.expected_minor!;
  const classify = (amount: number) => {
    if (Math.abs(amount) <= tolerance) return 'within_tolerance';
    return amount < 0 ? 'short' : 'over';
  };
  return {
    state: row.state,
    cashier: row.cashier,
    openingMinor: row.opening_minor,
    expectedMinor: row.expected_minor,
    countedMinor: row.counted_minor,
    overShortMinor: over,
    classification: over === null ? null : classify(over),
    reportable: over === null ? null : reportAt !== null && Math.abs(over) >= reportAt,
  };
}

/** Stackers that were counted; nothing metered is shown before the count is committed. */
export async function drop({ tx, hall, settings }: Read, machine: string) {
  const rows = await tx
    .selectFrom('casino_stackers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .where('counted_at', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const metered = meteredByValue(row, settings.minorDigits);
    const counted = row.counted as Notes;
    const [meteredMinor, countedMinor] = [worthOf(metered), worthOf(counted)];
    const varianceMinor = countedMinor - meteredMinor;
    const values = [...new Set([...Object.keys(metered), ...Object.keys(counted)].map(Number))].sort(
      (a, b) => a - b,
    );
    return {
      removedAt: row.removed_at,
      countedAt: row.counted_at,
      meteredMinor,
      countedMinor,
      varianceMinor,
      variancePct: percentage(varianceMinor, meteredMinor),
      lines: values
        .map((value) => {
          const [meteredNotes, countedNotes] = [metered[value] ?? 0, counted[value] ?? 0];
          return {
            valueMinor: value,
            meteredNotes,
            countedNotes,
            differenceMinor: (countedNotes - meteredNotes) * value,
          };
        })
        .filter(({ differenceMinor }) => differenceMinor !== 0),
      status: Math.abs(varianceMinor) >= settings.policy.dropInvestigateAtMinor ? 'investigate' : 'ok',
    };
  });
}

export async function balances({ tx, hall }: Read, accounts: readonly string[]) {
  const rows = await tx
    .selectFrom('casino_balances')
    .select(['account', 'amount_minor'])
    .where('hall_id', '=', hall)
    .where('account', 'in', accounts.length > 0 ? [...accounts] : [''])
    .execute();
  const known = new Map(rows.map(({ account, amount_minor }) => [account, amount_minor]));
  return Object.fromEntries(accounts.map((account) => [account, known.get(account) ?? 0]));
}

export async function ledger({ tx, hall }: Read, types: readonly string[]) {
  const rows = await tx
    .selectFrom('casino_entries as e')
    .innerJoin('casino_legs as l', (join) =>
      join
        .onRef('l.org_id', '=', 'e.org_id')
        .onRef('l.hall_id', '=', 'e.hall_id')
        .onRef('l.entry_id', '=', 'e.id'),
    )
    .select(['e.id', 'e.type', 'l.account', 'l.amount_minor'])
    .where('e.hall_id', '=', hall)
    .where('e.type', 'in', types.length > 0 ? [...types] : [''])
    .execute();
  const byEntry = Map.groupBy(
    rows.sort((a, b) => a.id - b.id),
    ({ id }) => id,
  );
  return [...byEntry.values()].map((legs) => ({
    type: legs[0]!.type,
    legs: legs
      .map(({ account, amount_minor }) => ({ account, amountMinor: amount_minor }))
      .sort((a, b) => (a.account < b.account ? -1 : 1)),
  }));
}

export async function answer({ tx, hall }: Read, ref: string) {
  const row = await tx
    .selectFrom('casino_answers')
    .select(['status', 'code', 'same_as as sameAs'])
    .where('hall_id', '=', hall)
    .where('ref', '=', ref)
    .orderBy('fact_id', 'desc')
    .executeTakeFirst();
  return row ?? null;
}
