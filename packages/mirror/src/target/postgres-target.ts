import { seconds } from '@vakhta/kernel';
import type { SqlValue } from '../dialects/dialect.ts';
import { postgres } from '../dialects/postgres.ts';
import type { Session, Target } from './session.ts';

/** A PostgreSQL by its connection URL; `sslmode` and the like are node-postgres's. The driver is loaded at the first `open`. */
export function postgresTarget(url: URL, schema: string): Target {
  return {
    address: `postgres://${url.host}${url.pathname}`,
    dialect: postgres,
    schema,
    open: () => openSession(url),
  };
}

async function openSession(url: URL): Promise<Session> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url.href,
    application_name: 'vakhta-mirror',
    connectionTimeoutMillis: seconds(15),
    keepAlive: true,
    // Of a mirror that lost its power mid-transaction, the database must let go of the cursor by itself.
    idle_in_transaction_session_timeout: seconds(60),
  });
  // The next statement fails and says the same; without a listener the process would end.
  client.on('error', () => {});
  const close = (): void => {
    // `end` would wait for the other side to answer.
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  };
  try {
    await client.connect();
  } catch (error) {
    close();
    throw error;
  }
  return {
    begin: async () => {
      await client.query('BEGIN');
    },
    run: async ({ sql, parameters }) =>
      (await client.query<Record<string, unknown>, SqlValue[]>(sql, [...parameters])).rows,
    commit: async () => {
      await client.query('COMMIT');
    },
    close,
  };
}
