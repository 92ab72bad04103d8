import type { CommandState } from '@vakhta/api';
import type { AgentId, Clock, CommandId, Instant, OrganisationId, ThingId } from '@vakhta/kernel';
import { type CommandOrder, ORDER_LIFETIME } from '@vakhta/link';
import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';
import { recordAudits, SYSTEM } from '../audit/audit.ts';
import type { CommandChange } from './command-reports.ts';

const AT_ONCE = 500;

interface DeliveredRow {
  id: CommandId;
  thing_id: ThingId;
  batch_id: string | null;
  action: string;
  input: CommandOrder['input'];
  order_valid_until: Date;
  delivered_at: Date;
}

export interface Delivery {
  orders: CommandOrder[];
  changes: CommandChange[];
  /** More may be waiting than one round takes. */
  more: boolean;
}

/**
 * Takes the waiting commands of an agent that is connected to this node and marks them delivered, in the order they were requested. With `again`, also those
 * delivered earlier and not yet accepted: the connection they were sent on is gone, and the agent's journal refuses
 * what it has taken already, so that sending twice can not run twice.
 */
export function takeForDelivery(
  database: Database,
  clock: Clock,
  to: { organisation: OrganisationId; agent: AgentId; node: number; again: boolean },
): Promise<Delivery> {
  return database.tenant(to.organisation, async (tx) => {
    const now = clock.now();
    const states = to.again ? ['queued', 'delivered'] : ['queued'];
    // The agent's row is held until the end: another node that it comes to waits, finds what was sent into the old
    // connection, and sends it again.
    const { rows } = await sql<DeliveredRow>`
      with connected as (select id from agents where id = ${to.agent} and node = ${to.node} for share)
      update commands set
        state = 'delivered',
        delivered_at = coalesce(delivered_at, ${new Date(now)}::timestamptz),
        order_valid_until = least(deadline, ${new Date(now + ORDER_LIFETIME)}::timestamptz)
      where id in (
        select c.id from commands c
        where c.agent_id = (select id from connected) and c.state = any(${states}::text[]) and c.deadline > ${new Date(now)}
        order by c.id limit ${AT_ONCE} for update skip locked
      )
      returning id, thing_id, batch_id, action, input, order_valid_until, delivered_at`.execute(tx);
    rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    const changes = rows.map((row) => change(row, 'delivered', row.delivered_at.getTime()));
    await recordAudits(
      tx,
      changes.map((step) => ({
        organisation: to.organisation,
        actor: SYSTEM,
        action: 'command.delivered',
        subject: { kind: 'command', id: step.command },
        detail: { thing: step.thing, action: step.action, agent: to.agent },
      })),
    );
    const orders = rows.map((row) => ({
      id: row.id,
      agent: to.agent,
      thing: row.thing_id,
      action: row.action,
      input: row.input,
      notAfter: row.order_valid_until.getTime(),
    }));
    return { orders, changes, more: rows.length === AT_ONCE };
  });
}

type ChangedRow = Pick<DeliveredRow, 'id' | 'thing_id' | 'batch_id' | 'action'>;

export const change = (row: ChangedRow, state: CommandState, at: Instant): CommandChange => ({
  command: row.id,
  thing: row.thing_id,
  batch: row.batch_id,
  action: row.action,
  state,
  at,
});
