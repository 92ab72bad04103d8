import type { LogEntry } from '@vakhta/api';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

export interface LogFilter {
  thing: string;
  from?: string | undefined;
  to?: string | undefined;
  kind?: string | undefined;
  before?: number | undefined;
  limit: number;
}

interface LogRow {
  id: number;
  kind: LogEntry['kind'];
  thing_id: string | null;
  agent_id: string;
  name: string;
  data: LogEntry['data'];
  at: Date;
  received_at: Date;
}

/** A thing's log, newest first. */
export async function readThingLog(tx: Tx, filter: LogFilter): Promise<LogEntry[]> {
  const conditions: RawBuilder<unknown>[] = [sql`thing_id = ${filter.thing}`];
  if (filter.from) conditions.push(sql`at >= ${filter.from}`);
  if (filter.to) conditions.push(sql`at < ${filter.to}`);
  if (filter.kind) conditions.push(sql`kind = ${filter.kind}`);
  if (filter.before) conditions.push(sql`id < ${filter.before}`);
  const { rows } = await sql<LogRow>`
    select id, kind, thing_id, agent_id, name, data, at, received_at from log
    where ${sql.join(conditions, sql` and `)} order by id desc limit ${filter.limit}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    thing: row.thing_id,
    agent: row.agent_id,
    name: row.name,
    data: row.data,
    at: row.at.toISOString(),
    receivedAt: row.received_at.toISOString(),
  }));
}
