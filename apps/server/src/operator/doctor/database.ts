import { join } from 'node:path';
import { systemClock, systemRandom } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Config } from '../../config.ts';
import { embeddedHome, reachDatabase } from '../../ensure-database.ts';
import { migrationModules } from '../../migration-modules.ts';
import { type Database, openDatabase } from '../../platform/postgres/database.ts';
import { pendingMigrations } from '../../platform/postgres/migrations.ts';
import { readServerSecrets } from '../../server-secrets.ts';
import { examineAgents } from './agents.ts';
import { type Finding, good, note, wrong } from './finding.ts';
import { examineServers } from './servers.ts';

const MIN_POSTGRES = 150_000;

export async function examineDatabase(config: Config): Promise<Finding[]> {
  const what = 'database';
  try {
    const secrets = await readServerSecrets(config, systemRandom);
    const source = await reachDatabase(config, secrets, systemClock);
    const database = openDatabase({ url: source.url, connections: 1 });
    try {
      return await examineOpenDatabase(database, config);
    } finally {
      await database.close();
      await source.embedded?.stop();
    }
  } catch (error) {
    const advice = config.databaseUrl
      ? 'is it running, and do host, user and password of DATABASE_URL hold?'
      : `see ${join(embeddedHome(config.data), 'postgres.log')}`;
    return [wrong(what, (error as Error).message, advice)];
  }
}

async function examineOpenDatabase(database: Database, config: Config): Promise<Finding[]> {
  const { version, fsync } = await database.owner(async (tx) => {
    const { rows } = await sql<{ version: string; fsync: string }>`
      select current_setting('server_version_num') as version, current_setting('fsync') as fsync`.execute(tx);
    return rows[0]!;
  });
  const findings: Finding[] = [];
  const name = `PostgreSQL ${Math.floor(Number(version) / 10_000)}, ${config.databaseUrl ? 'by DATABASE_URL' : 'embedded'}`;
  if (Number(version) < MIN_POSTGRES)
    findings.push(wrong('database', name, 'PostgreSQL 15 or newer is needed'));
  else if (fsync !== 'on')
    findings.push(
      wrong('database', `${name}, fsync off`, 'switch fsync on: what is acknowledged must be on disk'),
    );
  else findings.push(good('database', name));

  const pending = await pendingMigrations(database.pool, migrationModules);
  if (pending.length > 0) {
    findings.push(note('migrations', `${pending.length} to be applied`, 'the next start applies them'));
    return findings;
  }
  findings.push(good('migrations', 'all applied'));
  findings.push(await examineServers(database));
  findings.push(...(await examineAgents(database)));
  return findings;
}
