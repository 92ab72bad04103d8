import { type Clock, type OrganisationId, seconds } from '@vakhta/kernel';
import { sql } from 'kysely';
import { repeatedly } from '../../core/repeatedly.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Nodes } from '../../platform/nodes/nodes.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { passTime, recordFact } from './facts/journal.ts';
import type { HallRef } from './hall/hall.ts';

export interface CasinoDeps {
  database: Database;
  clock: Clock;
  log: Log;
  nodes: Pick<Nodes, 'leads'>;
}

/** Lets the halls hear which agents came and went, and their timers fire; one node does it for all. */
export function startCasino({ database, clock, log, nodes }: CasinoDeps): { stop(): Promise<void> } {
  const run = async () => {
    if (!nodes.leads) return;
    const halls = await database.system((tx) =>
      tx.selectFrom('casino_halls').select(['org_id', 'hall_id']).execute(),
    );
    for (const { org_id, hall_id } of halls)
      await database.tenant(org_id as OrganisationId, (tx) =>
        tendHall({ tx, organisation: org_id, hall: hall_id }, new Date(clock.now())),
      );
  };
  return repeatedly({ name: 'casino.tend', every: seconds(1), run }, { clock, log });
}

/** What a hall learns by the clock: who of its agents is connected, and what is due. */
export async function tendHall(ref: HallRef, now: Date): Promise<void> {
  for (const { agent, online } of await changedLinks(ref))
    await recordFact(ref, { kind: 'link', agent, state: online ? 'up' : 'down' }, { now });
  await passTime(ref, now);
}

/** Agents of the hall's machines whose connection is not as the hall knows it. */
async function changedLinks({ tx, hall }: HallRef): Promise<{ agent: string; online: boolean }[]> {
  const { rows } = await sql<{ agent: string; online: boolean }>`
    select c.agent, a.online from casino_agents c
    join agents a on a.id::text = c.agent
    where c.hall_id = ${hall} and a.online <> (c.down_since is null) order by c.agent`.execute(tx);
  return rows;
}
