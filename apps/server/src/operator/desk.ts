import { systemClock, systemRandom } from '@vakhta/kernel';
import { type Config, readConfig } from '../config.ts';
import { reachDatabase } from '../ensure-database.ts';
import { migrationModules } from '../migration-modules.ts';
import { createIdentity, type Identity } from '../platform/identity/identity.ts';
import { type Database, openDatabase } from '../platform/postgres/database.ts';
import { migrate } from '../platform/postgres/migrations.ts';
import { readServerSecrets } from '../server-secrets.ts';

/** What an operator's command works with. */
export interface Desk {
  config: Config;
  database: Database;
  identity: Identity;
}

/** Runs a command against the desk's database, which is started for it where it is ours and migrated. */
export async function withDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const secrets = await readServerSecrets(config, systemRandom);
  const source = await reachDatabase(config, secrets, systemClock);
  try {
    await migrate(source.url, migrationModules);
    const database = openDatabase({ url: source.url, connections: 2 });
    try {
      const identity = createIdentity({
        pool: database.pool,
        secret: secrets.sessionSecret,
        secure: false,
        clock: systemClock,
      });
      return await work({ config, database, identity });
    } finally {
      await database.close();
    }
  } finally {
    await source.embedded?.stop();
  }
}
