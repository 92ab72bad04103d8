import type { OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database } from '../../apps/server/src/platform/postgres/database.ts';

/** What a loaded thing tells of itself: half of it figures, half of it words. */
export const FIGURES = ['level0', 'level1', 'level2', 'level3', 'level4', 'level5'] as const;
const WORDS = ['mode0', 'mode1', 'mode2', 'mode3', 'mode4', 'mode5'] as const;

export interface Load {
  database: Database;
  organisation: OrganisationId;
  agent: string;
  site: string;
  things: number;
  rows: number;
  from: Date;
  to: Date;
}

const CHUNK = 1_000_000;
const MODEL = JSON.stringify({
  id: 'loaded',
  version: '1.0.0',
  title: { en: 'Loaded', ru: 'Загруженное' },
  configuration: { type: 'object' },
  properties: {},
  actions: {},
  events: {},
});

/**
 * Fills the log by SQL with what things would have said, evenly over a span: of a hundred facts three are presences, two
 * are events, the rest values. Returns the ids of the things.
 */
export async function loadLog(load: Load): Promise<string[]> {
  const { database, organisation, agent, site, things, rows, from, to } = load;
  const ids = await database.owner(async (tx) => {
    for (let at = from.getTime(); at <= to.getTime() + 31 * 86_400_000; at += 28 * 86_400_000)
      await sql`call ensure_log_partitions(${new Date(at)})`.execute(tx);
    await sql`insert into thing_models (org_id, id, version, definition)
              values (${organisation}, 'loaded', '1.0.0', ${MODEL}::json)`.execute(tx);
    const made = await sql<{ id: string }>`
      insert into things (id, org_id, site_id, agent_id, model, name, configuration)
      select gen_random_uuid(), ${organisation}, ${site}, ${agent}, 'loaded', 'Thing ' || n, '{}'
      from generate_series(1, ${things}::integer) n returning id`.execute(tx);
    return made.rows.map((row) => row.id);
  });
  const indexes = await dropIndexes(database);
  const step = (to.getTime() - from.getTime()) / rows / 1000;
  for (let done = 0; done < rows; done += CHUNK) {
    const last = Math.min(rows, done + CHUNK);
    await database.owner((tx) =>
      sql`
        insert into log (org_id, agent_id, stream, seq, kind, thing_id, name, data, at, received_at)
        select ${organisation}::uuid, ${agent}::uuid, ${organisation}::uuid, n, kind, thing,
               case kind when 'property' then (array[${sql.join([...FIGURES, ...WORDS])}])[1 + chance % 12]
                         when 'presence' then 'presence' else 'happened' end,
               case when kind = 'presence' then jsonb_build_object('online', chance % 2 = 0)
                    when kind = 'event' then '{}'
                    when chance % 12 < ${FIGURES.length} then to_jsonb(round((50 + 40 * sin(n / 1e5) + chance % 97 / 10.0)::numeric, 1))
                    else to_jsonb('word ' || chance % 7) end,
               at, at + interval '1 second'
        from (
          select n, abs(hashint8(n)::bigint) as chance,
                 case when n % 100 < 3 then 'presence' when n % 100 < 5 then 'event' else 'property' end as kind,
                 (${ids}::uuid[])[1 + abs(hashint8(n * 31)::bigint) % ${things}::integer] as thing,
                 ${from}::timestamptz + make_interval(secs => n * ${step}::float8) as at
          from generate_series(${done + 1}::bigint, ${last}::bigint) n
        ) facts`.execute(tx),
    );
    console.log(`${last} rows loaded`);
  }
  // Built at the end, once, in place of row by row.
  await database.owner(async (tx) => {
    await sql`set local maintenance_work_mem = '1GB'`.execute(tx);
    for (const definition of indexes) await sql.raw(definition).execute(tx);
  });
  console.log(`${indexes.length} indexes built`);
  await database.pool.query('vacuum analyze log');
  return ids;
}

/** Takes the log's indexes away; returns what makes them again. */
async function dropIndexes(database: Database): Promise<string[]> {
  return database.owner(async (tx) => {
    const { rows } = await sql<{ name: string; definition: string }>`
      select indexname as name, indexdef as definition from pg_indexes where tablename = 'log'`.execute(tx);
    for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(tx);
    return rows.map(({ definition }) => definition.replace(' ON ONLY ', ' ON '));
  });
}
