import type { CasinoRefusal } from '@vakhta/api';
import { hasOpenShift } from '../cash-desk/shifts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { creditingAllowed } from '../hall/crediting.ts';
import { type Hall, keyOf, nextId } from '../hall/hall.ts';
import { findMachine, type Machine } from '../hall/machine.ts';
import { availableIn } from '../ledger/drawer.ts';
import { accounts, post } from '../ledger/post.ts';
import { lastValue } from '../meters/readings.ts';
import {
  changeTransfer,
  findTransfer,
  meterOf,
  sourceOf,
  type Transfer,
  unresolvedTransfer,
  writeStep,
} from './transfer.ts';

type Request = FactOf<'transfer.request'>;

/** A desk asks to move credits; one key is one transfer, however often it is asked for. */
export async function requestTransfer(hall: Hall, request: Request): Promise<Answer> {
  const earlier = await findTransfer(hall, request.key);
  if (earlier) return repeated(earlier, request);
  const machine = await findMachine(hall, request.machine);
  const refusal = await refusalOf(hall, machine, request);
  if (refusal) return refused(refusal);

  const limit = hall.settings.policy.twoPersonLimitMinor;
  const lacking = limit !== null && request.amountMinor > limit ? lacksSecondPerson(request) : undefined;
  const answer: Answer = lacking
    ? { status: 'waiting', code: lacking.code, sameAs: null }
    : { status: 'accepted', code: null, sameAs: null };
  const transfer = await hall.tx
    .insertInto('casino_transfers')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_transfers'),
      key: request.key,
      ref: request.ref ?? null,
      kind: request.credit,
      direction: request.direction,
      desk: request.desk,
      machine: request.machine,
      player: request.player ?? null,
      amount_minor: request.amountMinor,
      allow_partial: request.allowPartial,
      requested_by: request.by,
      requested_at: hall.now,
      requested_day: gameDayOf(hall.now, hall.settings),
      answer_status: answer.status,
      answer_code: answer.code,
      state: 'waiting_approval',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (lacking) await writeStep(hall, transfer, 'requested');
  else await send(hall, transfer, 'requested');
  return answer;
}

function repeated(earlier: Transfer, request: Request): Answer {
  const isSame =
    earlier.kind === request.credit &&
    earlier.direction === request.direction &&
    earlier.desk === request.desk &&
    earlier.machine === request.machine &&
    earlier.player === (request.player ?? null) &&
    earlier.amount_minor === request.amountMinor &&
    earlier.allow_partial === request.allowPartial;
  if (!isSame) return refused('key_reused');
  return {
    status: earlier.answer_status as Answer['status'],
    code: earlier.answer_code as Answer['code'],
    sameAs: earlier.ref,
  };
}

interface Wanted {
  direction: Request['direction'];
  credit: Request['credit'];
  desk: string;
  machine: string;
  amountMinor: number;
}

async function refusalOf(
  hall: Hall,
  machine: Machine | undefined,
  wanted: Wanted,
): Promise<CasinoRefusal | undefined> {
  if (machine?.state !== 'live') return 'machine_not_live';
  if (wanted.direction === 'toMachine' && !(await creditingAllowed(hall, machine))) return 'machine_not_live';
  if (wanted.direction === 'toHost' && wanted.credit === 'restricted') return 'restricted_not_cashable';
  if (!(await hasOpenShift(hall, wanted.desk))) return 'shift_not_open';
  if (wanted.amountMinor % machine.denominationMinor !== 0) return 'not_whole_credits';
  if (await unresolvedTransfer(hall, wanted.machine)) return 'transfer_unresolved';
  if (wanted.direction === 'toHost' && (await availableIn(hall, wanted.desk)) < wanted.amountMinor)
    return 'insufficient_drawer';
  return undefined;
}

/** Another person agrees to a transfer above the limit. What has changed since it was asked for may still forbid it. */
export async function approveTransfer(hall: Hall, act: FactOf<'transfer.approve'>): Promise<Answer> {
  const transfer = await findTransfer(hall, act.key);
  if (transfer?.state !== 'waiting_approval') return refused('not_waiting');
  if (transfer.requested_by === act.by) return refused('self_approval');
  const refusal = await refusalOf(hall, await findMachine(hall, transfer.machine), {
    direction: transfer.direction as Request['direction'],
    credit: transfer.kind as Request['credit'],
    desk: transfer.desk,
    machine: transfer.machine,
    amountMinor: transfer.amount_minor,
  });
  if (refusal) return refused(refusal);
  await send(hall, transfer, 'approved');
  return done;
}

/** Reserves the money and notes that the machine is told: from here on it is one initiation, and there is no second. */
async function send(hall: Hall, transfer: Transfer, cause: string): Promise<void> {
  const before = await lastValue(hall, transfer.machine, meterOf(transfer));
  await changeTransfer(
    hall,
    transfer,
    {
      state: 'sent',
      initiations: 1,
      sent_at: hall.now,
      sent_fact: hall.fact,
      meter_before: before?.value ?? null,
    },
    cause,
  );
  if (transfer.direction === 'toMachine')
    await post(hall, 'transfer.reserve', [
      [sourceOf(transfer), transfer.amount_minor],
      [accounts.transit, -transfer.amount_minor],
    ]);
}
