import { join } from 'node:path';
import type { Clock } from '@vakhta/kernel';
import type { Config } from './config.ts';
import {
  type EmbeddedPostgres,
  findRunningPostgres,
  startEmbeddedPostgres,
} from './platform/postgres/embedded/embedded-postgres.ts';
import type { ServerSecrets } from './server-secrets.ts';

/** Where the data is, and what has to be stopped afterwards. */
export interface DatabaseSource {
  url: string;
  /** Present where the database is run by us. */
  embedded: EmbeddedPostgres | undefined;
}

export const embeddedHome = (data: string): string => join(data, 'postgres');

/** That of DATABASE_URL, else our own, started. */
export async function ensureDatabase(
  config: Pick<Config, 'databaseUrl' | 'data'>,
  secrets: Pick<ServerSecrets, 'databasePassword'>,
  clock: Clock,
): Promise<DatabaseSource> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, embedded: undefined };
  const embedded = await startEmbeddedPostgres({
    home: embeddedHome(config.data),
    password: secrets.databasePassword,
    clock,
  });
  return { url: embedded.url, embedded };
}

/** The same for a short piece of work: while the desk runs, the cluster it runs is joined rather than started. */
export async function reachDatabase(
  config: Pick<Config, 'databaseUrl' | 'data'>,
  secrets: Pick<ServerSecrets, 'databasePassword'>,
  clock: Clock,
): Promise<DatabaseSource> {
  if (config.databaseUrl === undefined) {
    const running = await findRunningPostgres(embeddedHome(config.data), secrets.databasePassword);
    if (running !== null) return { url: running, embedded: undefined };
  }
  return ensureDatabase(config, secrets, clock);
}
