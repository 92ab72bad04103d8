import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';
import { type Finding, good, note } from './finding.ts';

/** Which servers run on the database now. */
export async function examineServers(database: Database): Promise<Finding> {
  const { rows } = await database.system((tx) =>
    sql<{ name: string }>`select name from nodes where node_lives(number) order by number`.execute(tx),
  );
  const names = rows.map(({ name }) => name).join('; ');
  return names === ''
    ? note('servers', 'none runs', 'start the desk: npx vakhta serve')
    : good('servers', `${rows.length} on this database: ${names}`);
}
