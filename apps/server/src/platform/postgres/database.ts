import type { OrganisationId } from '@vakhta/kernel';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** One transaction; what runs in it is committed together or not at all. */
export type Tx = Transaction<Schema>;

/**
 * PostgreSQL by the three ways our code may act on it. Every call is one transaction, committed when `work` resolves
 * and rolled back when it rejects.
 */
export interface Database {
  /** As the role that serves requests: sees and changes rows of `organisation` only, whatever the SQL asks for. */
  tenant<T>(organisation: OrganisationId, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As the role that sees all organisations: sign-in, agents at connect, sealing. Never for what a request names. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As the owner of the tables: what changes their shape, such as a new partition. */
  owner<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The pool beneath, for a library that brings its own SQL and its own schema. */
  readonly pool: pg.Pool;
  /** Waits for running transactions, then disconnects. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections at most. */
  connections?: number;
  /** Told of each connection that broke; the pool replaces it. */
  onConnectionLost?: (error: Error) => void;
}

const INT8 = pg.types.builtins.INT8;

/** Our bigints count rows and positions and stay below 2^53; a larger one is refused rather than rounded. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 out of the safe range: ${text}`);
  return value;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format),
};

/** Connects lazily: the first transaction opens the first connection. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 16,
    application_name: 'vakhta',
    types,
    // A transaction left open by a hung handler would hold its locks, the agent's stream among them.
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
  });
  // The pool listens to idle connections only: the error of one that breaks between two statements of a transaction
  // would end the process. The transaction hears of it from its next statement.
  pool.on('connect', (client) => void client.on('error', (error) => options.onConnectionLost?.(error)));
  pool.on('error', () => {});
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });

  const as = <T>(role: string, organisation: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    kysely.transaction().execute(async (tx) => {
      await sql`select set_config('role', ${role}, true), set_config('vakhta.organisation', ${organisation}, true)`.execute(
        tx,
      );
      return work(tx);
    });

  return {
    pool,
    tenant: (organisation, work) => as('vakhta_app', organisation, work),
    system: (work) => as('vakhta_system', '', work),
    owner: (work) => kysely.transaction().execute(work),
    close: () => kysely.destroy(),
  };
}
