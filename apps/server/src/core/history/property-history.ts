import type { History, HistoryPoint } from '@vakhta/api';
import { type Duration, days, type Instant, type Json } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import { bucketWidth, ROLLUP_WIDTHS, rollupWidth } from './bucket-width.ts';
import { BUCKET_ORIGIN } from './property-rollups.ts';
import { readHorizon } from './retention/log-horizon.ts';

/** A property of a thing, or its presence, over a span. */
export interface HistoryQuestion {
  thing: string;
  kind: 'property' | 'presence';
  /** The property's; 'presence' for a presence. */
  name: string;
  from: Instant;
  to: Instant;
  /** Points at most. */
  points: number;
}

/** Up to here observations themselves are put into buckets, which then may be narrower than a rollup. */
const FINE = days(2);

interface BucketRow {
  start: Date;
  count: number;
  min: number | null;
  max: number | null;
  mean: number | null;
  last: Json;
}

/**
 * What a property or a presence was: each observation where they can all be drawn, else gathered into buckets. Of a time
 * whose observations are no longer kept the figures' rollups still tell.
 */
export async function readHistory(tx: Tx, question: HistoryQuestion): Promise<History> {
  const { from, to, points } = question;
  const horizon = await readHorizon(tx, [question.kind]);
  const said = await selectSaid(tx, question, points + 1);
  const base = {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    before: await selectBefore(tx, question),
  };
  if (horizon !== undefined && from < horizon && question.kind === 'property') {
    const bucket = Math.max(bucketWidth(to - from, points), ROLLUP_WIDTHS[0]);
    const rolledUp = await gatherRollups(tx, question, bucket, rollupWidth(bucket) ?? ROLLUP_WIDTHS[0]);
    if (isFigure(rolledUp)) return { ...base, bucket, points: rolledUp.map(toPoint) };
  }
  if (said.length <= points) return { ...base, bucket: null, points: said };
  const bucket = bucketWidth(to - from, points);
  return { ...base, bucket, points: (await selectBuckets(tx, question, bucket)).map(toPoint) };
}

async function selectBuckets(tx: Tx, question: HistoryQuestion, bucket: Duration): Promise<BucketRow[]> {
  const rollup = question.to - question.from > FINE ? rollupWidth(bucket) : undefined;
  if (rollup !== undefined && question.kind === 'property') {
    const rolledUp = await gatherRollups(tx, question, bucket, rollup);
    if (isFigure(rolledUp)) return rolledUp;
  }
  return gatherLog(tx, question, bucket);
}

/** What is no figure has no rollups worth the name. */
const isFigure = (rolledUp: readonly BucketRow[]): boolean => rolledUp.some((row) => row.min !== null);

const binOf = (bucket: Duration, column: 'at' | 'start') =>
  sql`date_bin(make_interval(secs => ${bucket / 1000}), ${sql.ref(column)}, ${BUCKET_ORIGIN})`;

const saidOf = ({ thing, kind, name }: HistoryQuestion) =>
  sql`thing_id = ${thing} and name = ${name} and kind = ${kind}`;

/** A presence is said with its reason; its history is whether it answered. */
const saidValue = ({ kind }: HistoryQuestion) =>
  kind === 'presence' ? sql`data -> 'online'` : sql`coalesce(data, 'null')`;

async function selectSaid(tx: Tx, question: HistoryQuestion, limit: number): Promise<HistoryPoint[]> {
  const { rows } = await sql<{ at: Date; value: Json }>`
    select at, ${saidValue(question)} as value from log
    where ${saidOf(question)} and at >= ${new Date(question.from)} and at < ${new Date(question.to)}
    order by at, id limit ${limit}`.execute(tx);
  return rows.map(({ at, value }) => {
    const figure = typeof value === 'number' ? value : null;
    return { at: at.toISOString(), value, count: 1, min: figure, max: figure, mean: figure };
  });
}

async function selectBefore(tx: Tx, question: HistoryQuestion): Promise<History['before']> {
  const { rows } = await sql<{ at: Date; value: Json }>`
    select at, ${saidValue(question)} as value from log
    where ${saidOf(question)} and at < ${new Date(question.from)}
    order by at desc, id desc limit 1`.execute(tx);
  return rows[0] ? { at: rows[0].at.toISOString(), value: rows[0].value } : null;
}

async function gatherLog(tx: Tx, question: HistoryQuestion, bucket: Duration): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    select ${binOf(bucket, 'at')} as start, count(*) as count, min(figure), max(figure), avg(figure) as mean,
           (array_agg(value order by at desc, id desc))[1] as last
    from (
      select at, id, value, case when jsonb_typeof(value) = 'number' then value::float8 end as figure
      from (
        select at, id, ${saidValue(question)} as value from log
        where ${saidOf(question)} and at >= ${new Date(question.from)} and at < ${new Date(question.to)}
      ) said
    ) read group by 1 order by 1`.execute(tx);
  return rows;
}

async function gatherRollups(
  tx: Tx,
  { thing, name, from, to }: HistoryQuestion,
  bucket: Duration,
  rollup: Duration,
): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    select ${binOf(bucket, 'start')} as start, sum(count)::bigint as count, min(min)::float8, max(max)::float8,
           (sum(sum) / nullif(sum(count), 0))::float8 as mean,
           (array_agg(last order by last_at desc, last_id desc))[1] as last
    from property_rollups
    where thing_id = ${thing} and name = ${name} and width = ${rollup / 1000}
      and start >= date_bin(make_interval(secs => ${rollup / 1000}), ${new Date(from)}, ${BUCKET_ORIGIN})
      and start < ${new Date(to)}
    group by 1 order by 1`.execute(tx);
  return rows;
}

const toPoint = ({ start, count, min, max, mean, last }: BucketRow): HistoryPoint => ({
  at: start.toISOString(),
  value: last,
  count,
  min,
  max,
  mean,
});
