import type { Clock, Random } from '@vakhta/kernel';
import type { Principal } from '../../../core/access/principal.ts';
import type { Requested } from '../../../core/commands/request.ts';
import { wireIdOf } from '../log/driver-events.ts';
import { findTransfer } from '../transfers/transfer.ts';
import type { HallView } from './in-hall.ts';
import { orderMachine } from './order-machine.ts';

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
  const order = {
    machine: transfer.machine,
    action: transfer.direction === 'toHost' ? 'transferToHost' : 'transferToMachine',
    input: {
      transfer: wireIdOf(hall.hall, transfer.id),
      kind: transfer.kind,
      amountCents: transfer.amount_minor * 10 ** (2 - hall.settings.minorDigits),
      allowPartial: transfer.allow_partial,
    },
  };
  return orderMachine(hall, principal, order, deps);
}
