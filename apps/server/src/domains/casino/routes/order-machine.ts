import type { Clock, Json, Random } from '@vakhta/kernel';
import type { Principal } from '../../../core/access/principal.ts';
import { type Requested, requestCommands } from '../../../core/commands/request.ts';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import { thingsOf } from '../hall/thing-of.ts';
import type { HallView } from './in-hall.ts';

/** Orders the agent of a machine to do something with it, in the transaction that decided so. */
export async function orderMachine(
  hall: HallView,
  principal: Principal,
  order: { machine: string; action: string; input: Record<string, Json> },
  deps: { clock: Clock; random: Random },
): Promise<Requested> {
  const thing = (await thingsOf(hall, order.machine)).get(order.machine);
  if (!thing)
    throw new HttpProblem('unprocessable', 'no agent looks after the machine', { field: 'machine' });
  const { action, input } = order;
  return requestCommands(hall.tx, principal, { things: [thing], action, input, asBatch: false }, deps);
}
