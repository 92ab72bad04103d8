import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { type Hall, keyOf, nextId } from '../hall/hall.ts';
import { findMachine, type Machine, saveMachine } from '../hall/machine.ts';
import { addRow, type RowTerms } from './rows.ts';

export type HeldKind = 'regression' | 'excessive';

export const heldAlerts = {
  regression: { code: 'METER_REGRESSION', severity: 'warning' },
  excessive: { code: 'METER_EXCESSIVE', severity: 'critical' },
} as const;

export interface NewHeldDelta {
  code: string;
  at: Date;
  fromAt: Date | null;
  kind: HeldKind;
  from: number;
  value: number;
  delta: number;
  limit: number;
}

/** Keeps a doubtful delta out of the figures until it heals or two persons decide; returns its number. */
export async function hold(
  hall: Hall,
  machine: Machine,
  held: NewHeldDelta,
  terms: RowTerms = machine,
): Promise<number> {
  const id = await nextId(hall, 'casino_held_deltas');
  await hall.tx
    .insertInto('casino_held_deltas')
    .values({
      ...keyOf(hall),
      id,
      machine: machine.id,
      epoch: terms.epoch,
      code: held.code,
      at: held.at,
      from_at: held.fromAt,
      kind: held.kind,
      from_value: held.from,
      to_value: held.value,
      delta: held.delta,
      limit_value: held.limit,
      denomination_minor: terms.denominationMinor,
      par_hold_pct: terms.parHoldPct,
      game_day: gameDayOf(held.at, hall.settings),
    })
    .execute();
  await openAlert(hall, { ...heldAlerts[held.kind], subject: machine.id, at: held.at });
  return id;
}

/** It healed by itself: the value was a misread. */
export const clearHeld = (hall: Hall, machine: Machine, held: { id: number; kind: HeldKind }, at: Date) =>
  endHeld(hall, machine, held, 'cleared', at);

async function endHeld(
  hall: Hall,
  machine: Machine,
  { id, kind }: { id: number; kind: HeldKind },
  state: 'cleared' | 'accepted' | 'rejected',
  at: Date,
): Promise<void> {
  await hall.tx
    .updateTable('casino_held_deltas')
    .set({ state })
    .where('hall_id', '=', hall.hall)
    .where('id', '=', id)
    .execute();
  const open = await hall.tx
    .selectFrom('casino_held_deltas')
    .select('id')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (!open) await clearAlert(hall, heldAlerts[kind].code, machine.id, at);
}

/** What was held of one meter of a machine. */
export const heldDeltas = (hall: Hall, { machine, code }: { machine: string; code: string }) =>
  hall.tx
    .selectFrom('casino_held_deltas')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .where('code', '=', code);

type HeldDelta = Awaited<ReturnType<ReturnType<typeof heldDeltas>['executeTakeFirstOrThrow']>>;

/** Counts an accepted delta, or takes out again what it counted. */
export function bookHeld(
  hall: Hall,
  machine: Machine,
  held: HeldDelta,
  { isTakenOut = false }: { isTakenOut?: boolean } = {},
): Promise<unknown> {
  const { code, at, from_at: fromAt, from_value: before, to_value: after, delta, epoch } = held;
  const [from, to] = isTakenOut ? [after, before] : [before, after];
  return addRow(
    hall,
    machine,
    { code, at, fromAt, from, to, delta: isTakenOut ? -delta : delta, kind: 'accepted' },
    { epoch, denominationMinor: held.denomination_minor, parHoldPct: held.par_hold_pct },
  );
}

/** Two persons say whether a held delta was real. */
export async function resolveHeld(hall: Hall, act: FactOf<'held.resolve'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const machine = await findMachine(hall, act.machine);
  const held = await heldDeltas(hall, act).where('state', '=', 'open').orderBy('id').executeTakeFirst();
  if (!machine || !held) return refused('nothing_held');
  const kind = held.kind as HeldKind;
  const isAccepted = act.decision === 'accept';
  const stand = machine.meters[act.code];
  if (stand?.held?.id === held.id) {
    // A regression that was not real leaves the meter where it was; all else goes on from the held value.
    const goesOn = kind === 'excessive' || isAccepted;
    machine.meters[act.code] = { base: goesOn ? stand.held.value : stand.base };
    await saveMachine(hall, machine);
  }
  if (isAccepted) await bookHeld(hall, machine, held);
  await endHeld(hall, machine, { id: held.id, kind }, isAccepted ? 'accepted' : 'rejected', hall.now);
  return done;
}
