import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Projection } from '../ingest/projection.ts';
import { ROLLUP_WIDTHS } from './bucket-width.ts';
import { readHorizon } from './retention/log-horizon.ts';

const WIDTHS = sql`unnest(${ROLLUP_WIDTHS.map((width) => width / 1000)}::integer[]) as rollup (width)`;
/** The widest of them, in which the others lie whole. */
const HOUR = sql`make_interval(secs => ${Math.max(...ROLLUP_WIDTHS) / 1000})`;
/** Where buckets are counted from: a Monday, midnight UTC. */
export const BUCKET_ORIGIN = sql`timestamptz '2001-01-01 00:00:00Z'`;

/** The buckets of some observations; what is no figure and not unknown either has none. */
const bucketsOf = (source: ReturnType<typeof sql>) => sql`
  select org_id, thing_id, name, width, date_bin(make_interval(secs => width), at, ${BUCKET_ORIGIN}) as start,
         count(figure) as count, min(figure) as min, max(figure) as max, sum(figure) as sum,
         (array_agg(data order by at desc, id desc))[1] as last, max(at) as last_at,
         (array_agg(id order by at desc, id desc))[1] as last_id
  from (
    select org_id, thing_id, name, at, id, data,
           case when jsonb_typeof(data) = 'number' then data::numeric end as figure
    from ${source} as given
    where jsonb_typeof(data) in ('number', 'null')
  ) observed cross join ${WIDTHS}
  group by 1, 2, 3, 4, 5`;

/**
 * What every property that is a figure was, by the bucket: how many were observed, the smallest, the largest, their
 * exact sum and the last of them.
 */
export const propertyRollups: Projection = {
  name: 'property-rollups',
  tables: ['property_rollups'],
  takes: ['property'],
  async apply(tx, batch) {
    const rows = batch.filter(
      ({ kind, thing, data }) =>
        kind === 'property' && thing !== null && (typeof data === 'number' || data === null),
    );
    const first = rows[0];
    if (!first) return;
    const given = sql`(
      select ${first.organisation}::uuid as org_id, * from unnest(
        ${rows.map((row) => row.thing)}::uuid[],
        ${rows.map((row) => row.name)}::text[],
        ${rows.map((row) => JSON.stringify(row.data))}::jsonb[],
        ${rows.map((row) => new Date(row.at).toISOString())}::timestamptz[],
        ${rows.map((row) => row.id)}::bigint[]
      ) as row (thing_id, name, data, at, id))`;
    // Rows are locked in one order by everyone, so that two batches can not wait for each other.
    await sql`
      insert into property_rollups as kept
        (org_id, thing_id, name, width, start, count, min, max, sum, last, last_at, last_id)
      select * from (${bucketsOf(given)}) fresh order by thing_id, name, width, start
      on conflict (thing_id, name, width, start) do update set
        count = kept.count + excluded.count,
        min = least(kept.min, excluded.min),
        max = greatest(kept.max, excluded.max),
        sum = case when kept.sum is null then excluded.sum else kept.sum + coalesce(excluded.sum, 0) end,
        last = case when (excluded.last_at, excluded.last_id) > (kept.last_at, kept.last_id)
                    then excluded.last else kept.last end,
        last_id = case when (excluded.last_at, excluded.last_id) > (kept.last_at, kept.last_id)
                       then excluded.last_id else kept.last_id end,
        last_at = greatest(kept.last_at, excluded.last_at)`.execute(tx);
  },
  rederive: async (tx, from) => {
    // Of the time before it the log no longer tells: what was rolled up of it stays as it is.
    const horizon = new Date((await readHorizon(tx, ['property'])) ?? 0);
    if (from === 0) {
      await sql`delete from property_rollups where start >= ${horizon}`.execute(tx);
      await sql`
        insert into property_rollups (org_id, thing_id, name, width, start, count, min, max, sum, last, last_at, last_id)
        ${bucketsOf(sql`(
          select org_id, thing_id, name, at, id, data from log
          where kind = 'property' and thing_id is not null and at >= ${horizon})`)}`.execute(tx);
      return countProperties(tx, from);
    }
    const touched = sql`
      select distinct thing_id, name, date_bin(${HOUR}, at, ${BUCKET_ORIGIN}) as hour from log
      where id >= ${from} and kind = 'property' and thing_id is not null and at >= ${horizon}`;
    await sql`
      delete from property_rollups kept using (${touched}) touched
      where kept.thing_id = touched.thing_id and kept.name = touched.name
        and kept.start >= touched.hour and kept.start < touched.hour + ${HOUR}`.execute(tx);
    await sql`
      insert into property_rollups (org_id, thing_id, name, width, start, count, min, max, sum, last, last_at, last_id)
      ${bucketsOf(sql`(
        select log.org_id, log.thing_id, log.name, log.at, log.id, log.data from (${touched}) touched
        join log on log.thing_id = touched.thing_id and log.name = touched.name and log.kind = 'property'
          and log.at >= touched.hour and log.at < touched.hour + ${HOUR})`)}`.execute(tx);
    return countProperties(tx, from);
  },
};

async function countProperties(tx: Tx, from: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from log where id >= ${from} and kind = 'property'`.execute(tx);
  return rows[0]?.count ?? 0;
}
