import type { FactOf } from '../facts/fact.ts';
import type { Hall } from '../hall/hall.ts';
import type { Machine } from '../hall/machine.ts';
import {
  changeTransfer,
  findTransfer,
  isUnresolved,
  meterOf,
  numberedTransfer,
  settle,
  type Transfer,
  unresolvedStates,
  unresolvedTransfer,
} from './transfer.ts';

/** What a SAS transfer status says. */
function meaningOf(
  status: string,
): 'full' | 'partial' | 'pending' | 'alreadyApplied' | 'failed' | 'noInformation' {
  const byte = Number.parseInt(status, 16);
  if (byte === 0x00) return 'full';
  if (byte === 0x01) return 'partial';
  if (byte >= 0x40 && byte <= 0x5f) return 'pending';
  // The id equals that of the last successful one: evidence of success, without the amount.
  if (byte === 0x81) return 'alreadyApplied';
  if (byte >= 0x80 && byte <= 0x9f) return 'failed';
  return 'noInformation';
}

/** What the machine says, or does not say, about a transfer. Once a transfer has its end nothing changes it. */
export async function hearOfTransfer(hall: Hall, told: FactOf<'transfer.machine'>): Promise<void> {
  const transfer = await transferMeant(hall, told);
  if (!transfer || !isUnresolved(transfer)) return;
  const cause = told.message;
  if (cause === 'noReply') {
    await changeTransfer(hall, transfer, { state: 'unknown' }, cause);
    return;
  }
  if (cause === 'historyReply') {
    const own = told.entries?.find((entry) => entry.key === transfer.key);
    if (own) await hearStatus(hall, transfer, { ...own, cause });
    else
      await settleIfNotApplied(
        hall,
        await changeTransfer(hall, transfer, { is_absent_from_history: true }, cause),
      );
    return;
  }
  await hearStatus(hall, transfer, { status: told.status ?? 'FF', amountMinor: told.amountMinor, cause });
}

/** A machine speaks of its own transfers only. */
async function transferMeant(hall: Hall, told: FactOf<'transfer.machine'>): Promise<Transfer | undefined> {
  const transfer =
    told.key === undefined
      ? told.number === undefined
        ? undefined
        : await numberedTransfer(hall, told.number)
      : await findTransfer(hall, told.key);
  return transfer?.machine === told.machine ? transfer : undefined;
}

async function hearStatus(
  hall: Hall,
  transfer: Transfer,
  reply: { status: string; amountMinor?: number | undefined; cause: string },
): Promise<void> {
  const { cause, amountMinor } = reply;
  // The machine knows of it: what pointed to the contrary is void.
  const known = { is_unknown_to_machine: false, is_absent_from_history: false };
  switch (meaningOf(reply.status)) {
    case 'full':
    case 'partial': {
      const state = meaningOf(reply.status) === 'full' ? 'completed' : 'partial';
      if (amountMinor === undefined)
        await changeTransfer(hall, transfer, { state: 'unknown', ...known }, cause);
      else await settle(hall, transfer, { state, appliedMinor: amountMinor, cause });
      return;
    }
    case 'pending':
      await changeTransfer(hall, transfer, { state: 'pending', ...known }, cause);
      return;
    case 'alreadyApplied':
      await changeTransfer(hall, transfer, { state: 'unknown', ...known }, cause);
      return;
    case 'failed':
      await settle(hall, transfer, { state: 'failed', appliedMinor: 0, cause });
      return;
    case 'noInformation':
      await settleIfNotApplied(
        hall,
        await changeTransfer(hall, transfer, { state: 'unknown', is_unknown_to_machine: true }, cause),
      );
  }
}

/** A reading after sending shows whether the machine's own meter of such transfers has moved. */
export async function weighMeterEvidence(
  hall: Hall,
  machine: Machine,
  { at, values }: { at: Date; values: Readonly<Record<string, number>> },
): Promise<void> {
  const transfer = await unresolvedTransfer(hall, machine.id);
  if (!transfer?.sent_at || at < transfer.sent_at) return;
  const value = values[meterOf(transfer)];
  if (value === undefined) return;
  const is_meter_unchanged = value === transfer.meter_before;
  await settleIfNotApplied(hall, await changeTransfer(hall, transfer, { is_meter_unchanged }, 'reading'));
}

/** Nothing less than all three proofs says that a transfer was not applied. */
async function settleIfNotApplied(hall: Hall, transfer: Transfer): Promise<void> {
  const { is_unknown_to_machine, is_absent_from_history, is_meter_unchanged } = transfer;
  if (is_unknown_to_machine && is_absent_from_history && is_meter_unchanged)
    await settle(hall, transfer, { state: 'not_applied', appliedMinor: 0, cause: 'evidence' });
}

/** Power, the agent or the link was lost: what was under way there may or may not have happened. */
export async function loseSightOfTransfers(
  hall: Hall,
  of: { machine: string } | { agent: string },
): Promise<void> {
  let query = hall.tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('state', 'in', [...unresolvedStates]);
  query =
    'machine' in of
      ? query.where('machine', '=', of.machine)
      : query.where('machine', 'in', (eb) =>
          eb
            .selectFrom('casino_machines')
            .select('machine')
            .where('hall_id', '=', hall.hall)
            .where('agent', '=', of.agent),
        );
  for (const transfer of await query.orderBy('id').execute())
    await changeTransfer(hall, transfer, { state: 'unknown' }, 'lostSight');
}
