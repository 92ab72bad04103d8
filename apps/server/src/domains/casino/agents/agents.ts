import { clearAlert, openAlert } from '../alerts/alerts.ts';
import type { FactOf } from '../facts/fact.ts';
import { type Hall, keyOf } from '../hall/hall.ts';
import { addAgent } from '../hall/set-up.ts';
import { loseSightOfTransfers } from '../transfers/evidence.ts';

const changeAgent = (
  hall: Hall,
  agent: string,
  change: { down_since?: Date | null; clock_offset_seconds?: number },
) =>
  hall.tx
    .updateTable('casino_agents')
    .set(change)
    .where('hall_id', '=', hall.hall)
    .where('agent', '=', agent)
    .execute();

export async function noteLink(hall: Hall, { agent, state }: FactOf<'link'>): Promise<void> {
  await addAgent(hall, agent);
  if (state === 'up') {
    await changeAgent(hall, agent, { down_since: null });
    await clearAlert(hall, 'AGENT_OFFLINE', agent, hall.now);
    return;
  }
  const known = await hall.tx
    .selectFrom('casino_agents')
    .select('down_since')
    .where('hall_id', '=', hall.hall)
    .where('agent', '=', agent)
    .executeTakeFirstOrThrow();
  if (!known.down_since) await changeAgent(hall, agent, { down_since: hall.now });
  await loseSightOfTransfers(hall, { agent });
}

export const noteRestart = (hall: Hall, { agent }: FactOf<'agent.restart'>): Promise<void> =>
  loseSightOfTransfers(hall, { agent });

export async function noteClock(hall: Hall, { agent, offsetSeconds }: FactOf<'clock'>): Promise<void> {
  await addAgent(hall, agent);
  await changeAgent(hall, agent, { clock_offset_seconds: offsetSeconds });
  if (Math.abs(offsetSeconds) > hall.settings.policy.clockDriftSeconds)
    await openAlert(hall, { code: 'CLOCK_DRIFT', subject: agent, severity: 'warning', at: hall.now });
  else await clearAlert(hall, 'CLOCK_DRIFT', agent, hall.now);
}

/** How an agent judged an order: whoever sent one it refused is worth a look. */
export async function noteOrder(hall: Hall, fact: FactOf<'order.judged'>): Promise<void> {
  await hall.tx
    .insertInto('casino_orders')
    .values({
      ...keyOf(hall),
      fact_id: hall.fact,
      agent: fact.agent,
      order_name: fact.order,
      result: fact.result,
      code: fact.code,
    })
    .execute();
  if (fact.result === 'refused')
    await openAlert(hall, {
      code: 'COMMAND_REFUSED',
      subject: fact.agent,
      severity: fact.code === 'bad_signature' ? 'critical' : 'warning',
      at: hall.now,
      isCounted: true,
    });
}
