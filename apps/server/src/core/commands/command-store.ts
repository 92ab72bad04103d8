import { type Command, type CommandState, finalCommandStates } from '@vakhta/api';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

interface CommandRow {
  id: string;
  thing_id: string;
  batch_id: string | null;
  action: string;
  input: Command['input'];
  state: CommandState;
  requested_by: string;
  deadline: Date;
  requested_at: Date;
  queued_at: Date | null;
  delivered_at: Date | null;
  accepted_at: Date | null;
  finished_at: Date | null;
  outcome: Command['outcome'] | null;
}

export interface CommandFilter {
  id?: string | undefined;
  thing?: string | undefined;
  batch?: string | undefined;
  action?: string | undefined;
  state?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** Commands, newest first: their ids grow with time. */
export async function selectCommands(tx: Tx, filter: CommandFilter): Promise<CommandRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`id = ${filter.id}`);
  if (filter.thing) conditions.push(sql`thing_id = ${filter.thing}`);
  if (filter.batch) conditions.push(sql`batch_id = ${filter.batch}`);
  if (filter.action) conditions.push(sql`action = ${filter.action}`);
  if (filter.state) conditions.push(sql`state = ${filter.state}`);
  if (filter.before) conditions.push(sql`id < ${filter.before}::uuid`);
  const { rows } = await sql<CommandRow>`
    select id, thing_id, batch_id, action, input, state, requested_by, deadline, requested_at, queued_at, delivered_at,
           accepted_at, finished_at, outcome
    from commands where ${sql.join(conditions, sql` and `)} order by id desc limit ${filter.limit}`.execute(
    tx,
  );
  return rows;
}

export function viewCommand(
  row: CommandRow,
  names: ReadonlyMap<string, string>,
  picturePath: (sha256: string) => string,
): Command {
  const { picture, ...outcome } = row.outcome ?? {};
  return {
    id: row.id,
    thing: row.thing_id,
    batch: row.batch_id,
    action: row.action,
    input: row.input,
    state: row.state,
    requestedBy: { id: row.requested_by, name: names.get(row.requested_by) ?? '' },
    deadline: row.deadline.toISOString(),
    at: {
      requested: row.requested_at.toISOString(),
      ...(row.queued_at && { queued: row.queued_at.toISOString() }),
      ...(row.delivered_at && { delivered: row.delivered_at.toISOString() }),
      ...(row.accepted_at && { accepted: row.accepted_at.toISOString() }),
      ...(row.finished_at && { finished: row.finished_at.toISOString() }),
    },
    ...(row.outcome && { outcome: { ...outcome, ...(picture && { picture: picturePath(picture) }) } }),
  };
}

export interface BatchSummary {
  id: string;
  action: string;
  total: number;
  counts: Partial<Record<CommandState, number>>;
  finished: boolean;
}

export async function summariseBatch(tx: Tx, id: string): Promise<BatchSummary | undefined> {
  const { rows } = await sql<{ action: string; state: CommandState; count: number }>`
    select b.action, c.state, count(*) as count from batches b join commands c on c.batch_id = b.id
    where b.id = ${id} group by b.action, c.state`.execute(tx);
  const first = rows[0];
  if (!first) return undefined;
  return {
    id,
    action: first.action,
    total: rows.reduce((sum, row) => sum + row.count, 0),
    counts: Object.fromEntries(rows.map((row) => [row.state, row.count])),
    finished: rows.every((row) => finalCommandStates.has(row.state)),
  };
}

export async function thingsOfGroup(tx: Tx, group: string): Promise<string[] | undefined> {
  const { rows } = await sql<{ things: string[] }>`
    select array(select thing_id from group_things where group_id = g.id) as things
    from groups g where id = ${group}`.execute(tx);
  return rows[0]?.things;
}
