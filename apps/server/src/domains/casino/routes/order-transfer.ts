import type { Clock, Random, ThingId } from '@vakhta/kernel';
import type { Principal } from '../../../core/access/principal.ts';
import { type Requested, requestCommands } from '../../../core/commands/request.ts';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import { wireIdOf } from '../log/driver-events.ts';
import { findTransfer } from '../transfers/transfer.ts';
import type { HallView } from './in-hall.ts';

/**
 * Orders the machine's agent to carry out a transfer that was just sent, in the transaction that reserved its money:
 * there is one order for it or no transfer. Undefined where the transfer was not sent by this fact.
 */
export async function orderTransfer(
  hall: HallView,
  principal: Principal,
  key: string,
  deps: { clock: Clock; random: Random },
): Promise<Requested | undefined> {
  const transfer = await findTransfer(hall, key);
  if (transfer?.state !== 'sent') return undefined;
  const spokenBy = await hall.tx
    .selectFrom('casino_things as t')
    .innerJoin('things', 'things.id', 't.thing_id')
    .select('t.thing_id')
    .where('t.hall_id', '=', hall.hall)
    .where('t.machine', '=', transfer.machine)
    .orderBy('things.created_at', 'desc')
    .executeTakeFirst();
  if (!spokenBy)
    throw new HttpProblem('unprocessable', 'no agent looks after the machine', { field: 'machine' });
  return requestCommands(
    hall.tx,
    principal,
    {
      things: [spokenBy.thing_id as ThingId],
      action: transfer.direction === 'toHost' ? 'transferToHost' : 'transferToMachine',
      input: {
        transfer: wireIdOf(hall.hall, transfer.id),
        kind: transfer.kind,
        amountCents: transfer.amount_minor * 10 ** (2 - hall.settings.minorDigits),
        allowPartial: transfer.allow_partial,
      },
      asBatch: false,
    },
    deps,
  );
}
