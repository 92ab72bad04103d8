import type { Instant, StreamId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Loggable, Logged } from './logged.ts';

/**
 * Takes the stream's row lock and returns the highest seq in the log, 0 for a new stream. Until the transaction ends,
 * no other batch of the stream can be applied.
 */
export async function lockStream(
  tx: Tx,
  from: { organisation: string; agent: string; stream: StreamId },
): Promise<number> {
  const { rows } = await sql<{ last_seq: number }>`
    insert into agent_streams (org_id, agent_id, stream, last_seq)
    values (${from.organisation}, ${from.agent}, ${from.stream}, 0)
    on conflict (agent_id, stream) do update set last_seq = agent_streams.last_seq
    returning last_seq`.execute(tx);
  return rows[0]?.last_seq ?? 0;
}

/** Appends a batch and moves the stream on to its end, in one statement. Returns the batch with its ids. */
export async function appendToLog(
  tx: Tx,
  batch: readonly Loggable[],
  place: { agent: string; stream: StreamId; firstSeq: number; receivedAt: Instant },
): Promise<Logged[]> {
  const first = batch[0];
  if (!first) return [];
  const { rows } = await sql<{ id: number }>`
    with moved as (
      update agent_streams set last_seq = ${place.firstSeq + batch.length - 1}
      where agent_id = ${place.agent} and stream = ${place.stream}
    )
    insert into log (org_id, agent_id, stream, seq, kind, thing_id, name, data, at, received_at)
    select ${first.organisation}::uuid, ${first.agent}::uuid, ${place.stream}::uuid, ${place.firstSeq}::bigint + position - 1,
           kind, thing_id, name, data, at, ${new Date(place.receivedAt)}::timestamptz
    from unnest(
      ${batch.map((row) => row.kind)}::text[],
      ${batch.map((row) => row.thing)}::uuid[],
      ${batch.map((row) => row.name)}::text[],
      ${batch.map((row) => JSON.stringify(row.data))}::jsonb[],
      ${batch.map((row) => new Date(row.at).toISOString())}::timestamptz[]
    ) with ordinality as given (kind, thing_id, name, data, at, position)
    order by position
    returning id`.execute(tx);
  return batch.map((row, index) => ({ ...row, id: rows[index]!.id }));
}

interface LogRow {
  id: number;
  org_id: Logged['organisation'];
  agent_id: Logged['agent'];
  kind: Logged['kind'];
  thing_id: Logged['thing'];
  name: string;
  data: Logged['data'];
  at: Date;
}

/** The organisation's log from `from` on, up to `to` where given, in the order of ids. */
export async function readLog(
  tx: Tx,
  range: { from: number; to?: number; limit: number },
): Promise<Logged[]> {
  const { rows } = await sql<LogRow>`
    select id, org_id, agent_id, kind, thing_id, name, data, at from log
    where id >= ${range.from} ${range.to === undefined ? sql`` : sql`and id <= ${range.to}`} order by id limit ${range.limit}`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    organisation: row.org_id,
    agent: row.agent_id,
    kind: row.kind,
    thing: row.thing_id,
    name: row.name,
    data: row.data,
    at: row.at.getTime(),
  }));
}
