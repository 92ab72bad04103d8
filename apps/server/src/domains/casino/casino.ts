import { type Clock, type OrganisationId, seconds } from '@vakhta/kernel';
import { repeatedly } from '../../core/repeatedly.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Nodes } from '../../platform/nodes/nodes.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { passTime } from './facts/journal.ts';

export interface CasinoDeps {
  database: Database;
  clock: Clock;
  log: Log;
  nodes: Pick<Nodes, 'leads'>;
}

/** Lets the halls' timers fire by the clock; one node does it for all. */
export function startCasino({ database, clock, log, nodes }: CasinoDeps): { stop(): Promise<void> } {
  const run = async () => {
    if (!nodes.leads) return;
    const halls = await database.system((tx) =>
      tx.selectFrom('casino_halls').select(['org_id', 'hall_id']).execute(),
    );
    for (const { org_id, hall_id } of halls)
      await database.tenant(org_id as OrganisationId, (tx) =>
        passTime({ tx, organisation: org_id, hall: hall_id }, new Date(clock.now())),
      );
  };
  return repeatedly({ name: 'casino.timers', every: seconds(1), run }, { clock, log });
}
