import type { CasinoInboxItem, DecidedDelta } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { listMachines } from '../hall/machine.ts';
import { notUnderstood } from '../log/set-aside.ts';
import { amountOf } from '../meters/meter-codes.ts';
import { unresolvedStates } from '../transfers/transfer.ts';
import { amountMovedOf, deltaOf, movedIn } from './range.ts';

type Read = HallRef & { settings: HallSettings };
const NOT_UNDERSTOOD_SHOWN = 100;
const DECIDED_SHOWN = 50;

/** What waits for a person, oldest first. */
export async function inbox(hall: Read): Promise<CasinoInboxItem[]> {
  const items = [
    ...(await heldDeltas(hall)),
    ...(await unknownGaps(hall)),
    ...(await waitingMachines(hall)),
    ...(await unresolvedTransfers(hall)),
    ...(await messages(hall)),
  ];
  return items.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const nothing = { delta: null, amountMinor: null, gameDay: null } as const;

async function heldDeltas(of: Read): Promise<CasinoInboxItem[]> {
  const { tx, hall, settings } = of;
  const rows = await tx
    .selectFrom('casino_held_deltas')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  const items: CasinoInboxItem[] = [];
  for (const row of rows) {
    const { machine, code, game_day: gameDay } = row;
    const moved = await movedIn(of, { machines: [machine], gameDays: [gameDay, gameDay] }, [code]);
    items.push({
      reason: 'held_delta',
      machine,
      at: row.at.toISOString(),
      what: code,
      delta: row.delta,
      amountMinor: amountOf(code, row.delta, {
        denominationMinor: row.denomination_minor,
        minorDigits: settings.minorDigits,
      }),
      gameDay,
      detail: {
        kind: row.kind,
        from: row.from_value,
        to: row.to_value,
        limit: row.limit_value,
        dayDelta: deltaOf(moved, code),
        dayMinor: amountMovedOf(moved, code),
      },
    });
  }
  return items;
}

/** Decisions of days that are open still. */
export async function decidedDeltas({ tx, hall, settings }: Read): Promise<DecidedDelta[]> {
  const rows = await tx
    .selectFrom('casino_held_deltas')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('kind', '=', 'excessive')
    .where('state', 'in', ['accepted', 'rejected'])
    .where('game_day', 'not in', (eb) =>
      eb.selectFrom('casino_closed_days').select('game_day').where('hall_id', '=', hall),
    )
    .orderBy('id', 'desc')
    .limit(DECIDED_SHOWN)
    .execute();
  return rows.map((row) => ({
    machine: row.machine,
    code: row.code,
    at: row.at.toISOString(),
    decision: row.state === 'accepted' ? 'accepted' : 'rejected',
    delta: row.delta,
    amountMinor: amountOf(row.code, row.delta, {
      denominationMinor: row.denomination_minor,
      minorDigits: settings.minorDigits,
    }),
    gameDay: row.game_day,
  }));
}

async function unknownGaps({ tx, hall }: Read): Promise<CasinoInboxItem[]> {
  const rows = await tx
    .selectFrom('casino_epochs')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('gap', '=', 'unknown')
    .execute();
  return rows.map((row) => ({
    reason: 'unknown_gap',
    machine: row.machine,
    at: row.closed_at!.toISOString(),
    what: String(row.epoch),
    ...nothing,
    detail: { last: row.last as Json },
  }));
}

async function waitingMachines(hall: Read): Promise<CasinoInboxItem[]> {
  const waiting = (await listMachines(hall)).filter(({ state }) => state === 'waiting_enrolment');
  return waiting.map((machine) => ({
    reason: 'waiting_enrolment',
    machine: machine.id,
    at: (machine.lastReadingAt ?? new Date(0)).toISOString(),
    what: machine.serial,
    ...nothing,
    detail: { previousSerials: machine.previousSerials },
  }));
}

async function unresolvedTransfers({ tx, hall }: Read): Promise<CasinoInboxItem[]> {
  const rows = await tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('state', 'in', [...unresolvedStates])
    .execute();
  return rows.map((row) => ({
    reason: 'unresolved_transfer',
    machine: row.machine,
    at: row.requested_at.toISOString(),
    what: row.key,
    delta: null,
    amountMinor: row.amount_minor,
    gameDay: row.requested_day,
    detail: {
      state: row.state,
      isUnknownToMachine: row.is_unknown_to_machine,
      isAbsentFromHistory: row.is_absent_from_history,
      isMeterUnchanged: row.is_meter_unchanged,
    },
  }));
}

async function messages(hall: Read): Promise<CasinoInboxItem[]> {
  const waiting = await notUnderstood(hall, { limit: NOT_UNDERSTOOD_SHOWN });
  return waiting.map(({ id, at, machine, event, problem }) => ({
    reason: 'not_understood',
    machine,
    at: at.toISOString(),
    what: event,
    ...nothing,
    detail: { problem, message: id },
  }));
}
