import type { Instant } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres/database.ts';
import { hashOfLines } from '../../ingest/row-hash.ts';

/** A month of the log that has a partition of its own. */
export interface LogMonth {
  partition: string;
  from: Date;
  /** The beginning of the next. */
  until: Date;
}

/** Of all nodes one at a time. */
const LOCK = 7207;
const PARTITION = /^log_(\d{4})_(\d{2})$/;

/** The months that are over, oldest first. */
export async function finishedMonths(tx: Tx, now: Instant): Promise<LogMonth[]> {
  const { rows } = await sql<{ name: string }>`
    select relid::regclass::text as name from pg_partition_tree('log') where level = 1`.execute(tx);
  return rows
    .flatMap(({ name }): LogMonth[] => {
      const [, year, month] = PARTITION.exec(name) ?? [];
      if (year === undefined) return [];
      const [from, until] = [0, 1].map((by) => new Date(Date.UTC(Number(year), Number(month) - 1 + by)));
      return [{ partition: name, from: from!, until: until! }];
    })
    .filter(({ until }) => until.getTime() <= now)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
}

/**
 * Drops some kinds of a month: its partition makes way for one with what stays, or for none. Of those kinds stay
 * the last that was said of each name, by its own time and by the order in which it came, since what a thing is now may
 * have been said then, and what is dated after the month by a clock that was ahead. As the owner; the log is locked only for the exchange. Undefined where another node
 * was here first.
 */
export async function sealMonth(
  tx: Tx,
  { partition, from, until }: LogMonth,
  kinds: readonly string[],
  now: Instant,
): Promise<{ observations: number; carried: number } | undefined> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
  const { rows: before } = await sql<{ kind: string }>`
    select kind from log_seals where month = ${from}`.execute(tx);
  const gone = before.map(({ kind }) => kind);
  if (kinds.some((kind) => gone.includes(kind))) return undefined;
  const old = sql.id(partition);
  const staying = sql.id(`${partition}_staying`);
  const isSealed = sql`kind = any(${kinds}::text[])`;
  const kept = await sql`
    select from ${old} where kind <> all(${[...kinds, ...gone]}::text[]) limit 1`.execute(tx);
  await sql`create table ${staying} (like log including indexes)`.execute(tx);
  await sql`insert into ${staying} select * from ${old} where not ${isSealed}`.execute(tx);
  const isNamed = sql`${isSealed} and kind in ('property', 'presence') and thing_id is not null`;
  await sql`
    insert into ${staying}
    select * from ${old} where ${isSealed} and (at >= ${until}
      or id in (select id from (
        select distinct on (thing_id, kind, name collate "C") id from ${old} where ${isNamed} and at < ${until}
        order by thing_id, kind, name collate "C", at desc, id desc) last_by_time)
      or id in (select max(id) from ${old} where ${isNamed} group by thing_id, kind, name))`.execute(tx);
  const { rows: seals } = await sql<{ observations: number; carried: number }>`
    insert into log_seals (month, kind, until, observations, carried, hash, sealed_at)
    select ${from}::timestamptz, kind, ${until}::timestamptz,
           (select count(*) from ${old} gone where gone.kind = of.kind),
           (select count(*) from ${staying} stays where stays.kind = of.kind),
           ${hashOfLines(sql`select gone::text as line from ${old} gone where gone.kind = of.kind`)},
           ${new Date(now)}
    from unnest(${kinds}::text[]) as of (kind)
    returning observations, carried`.execute(tx);
  await sql`alter table log detach partition ${old}`.execute(tx);
  if (kept.rows.length > 0) {
    await sql`alter table log attach partition ${staying} for values from (${sql.lit(from.toISOString())})
              to (${sql.lit(until.toISOString())})`.execute(tx);
    await sql`drop table ${old}`.execute(tx);
    await sql`alter table ${staying} rename to ${old}`.execute(tx);
  } else {
    await sql`insert into log_default overriding system value select * from ${staying}`.execute(tx);
    await sql`drop table ${old}, ${staying}`.execute(tx);
    await dropOverridden(tx, until);
  }
  return {
    observations: seals.reduce((sum, seal) => sum + seal.observations, 0),
    carried: seals.reduce((sum, seal) => sum + seal.carried, 0),
  };
}

/** Of what was carried out of several months the last is enough. */
async function dropOverridden(tx: Tx, until: Date): Promise<void> {
  await sql`
    delete from log_default early using log_default late
    where early.received_at < ${until} and late.received_at < ${until} and late.at < ${until}
      and early.kind in ('property', 'presence') and late.thing_id = early.thing_id and late.kind = early.kind
      and late.name = early.name and (late.at, late.id) > (early.at, early.id)
      and exists (select from log_default newer where newer.thing_id = early.thing_id and newer.kind = early.kind
                  and newer.name = early.name and newer.id > early.id)`.execute(tx);
}
