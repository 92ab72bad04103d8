import { seconds } from '@vakhta/kernel';
import type { Connection } from 'tedious';
import type { Statement } from '../dialects/dialect.ts';
import { mssql } from '../dialects/mssql.ts';
import type { Session, Target } from './session.ts';
import type { MssqlAddress } from './target-url.ts';

/** A Microsoft SQL Server, signed in by its own accounts. The driver is loaded at the first `open`. */
export function mssqlTarget(address: MssqlAddress, schema: string): Target {
  const { server, port, database } = address;
  return {
    address: `mssql://${server}:${port}/${database}`,
    dialect: mssql,
    schema,
    open: () => openSession(address),
  };
}

type Tedious = typeof import('tedious');

async function openSession(address: MssqlAddress): Promise<Session> {
  const tedious = await import('tedious');
  const connection = new tedious.Connection({
    server: address.server,
    authentication: {
      type: 'default',
      options: { userName: address.user, password: address.password },
    },
    options: {
      port: address.port,
      database: address.database,
      encrypt: address.encrypt,
      trustServerCertificate: address.trustServerCertificate,
      appName: 'vakhta-mirror',
      connectTimeout: seconds(15),
      // Deadlines are the mirror's own.
      requestTimeout: 0,
      // XACT_ABORT: any error undoes the whole transaction.
      abortTransactionOnError: true,
      rowCollectionOnRequestCompletion: true,
      useUTC: true,
    },
  });
  // The next statement fails and says the same; without a listener the process would end.
  connection.on('error', () => {});
  await settled((done) => connection.connect(done)).catch((error: unknown) => {
    connection.close();
    throw error;
  });
  return {
    begin: () => settled((done) => connection.beginTransaction(done)),
    run: (statement) => run(tedious, connection, statement),
    commit: () => settled((done) => connection.commitTransaction(done)),
    close: () => connection.close(),
  };
}

const settled = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));

interface Cell {
  metadata: { colName: string };
  value: unknown;
}

function run(
  { Request, TYPES }: Tedious,
  connection: Connection,
  { sql, parameters }: Statement,
): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const request = new Request(sql, (error, _count, rows) => {
      if (error) reject(error);
      else
        resolve(
          ((rows ?? []) as Cell[][]).map((cells) =>
            Object.fromEntries(cells.map(({ metadata, value }) => [metadata.colName, value])),
          ),
        );
    });
    for (const [i, value] of parameters.entries())
      request.addParameter(`p${i + 1}`, typeof value === 'number' ? TYPES.BigInt : TYPES.NVarChar, value);
    connection.execSql(request);
  });
}
