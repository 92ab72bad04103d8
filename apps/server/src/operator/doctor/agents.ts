import type { Database } from '../../platform/postgres/database.ts';
import { type Finding, good, note, wrong } from './finding.ts';

export async function examineAgents(database: Database): Promise<Finding[]> {
  const agents = await database.system((tx) =>
    tx
      .selectFrom('agents')
      .select(['name', 'online', 'last_seen_at'])
      .where('status', '=', 'enrolled')
      .orderBy('name')
      .execute(),
  );
  if (agents.length === 0)
    return [note('agents', 'none is enrolled', 'add one in the panel and run the command it shows')];
  return agents.map(({ name, online, last_seen_at }) =>
    online
      ? good('agents', `${name} is connected`)
      : wrong(
          'agents',
          `${name} is not connected${last_seen_at ? `, last seen ${last_seen_at.toISOString()}` : ''}`,
          'does the desk run? then look at the mini-PC: is it on, does it reach this server, what does its log say?',
        ),
  );
}
