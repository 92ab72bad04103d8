import { InternalError } from '@vakhta/kernel';
import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A table whose rows are kept; a partitioned one stands for its partitions. */
export interface Table {
  schema: string;
  name: string;
  /** In the order of the table, without those that PostgreSQL computes. */
  columns: string[];
  /** What its rows are put in order by: its primary key, else the column that numbers them. */
  order: { column: string; isText: boolean }[];
  /** Row-level security holds for its owner, too. */
  isForced: boolean;
  /** 'schema.table' of those it refers to. */
  refersTo: string[];
}

/** Everything but PostgreSQL's own: the database is Vakhta's alone. */
const OURS = `n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
  and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`;

/** Of what was applied: the migrations write it themselves. */
const MIGRATIONS = 'vakhta_migrations';

export const nameOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string => `${schema}.${name}`;

/** All tables, each after those it refers to. */
export async function readTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { key: Table['order']; numbered: Table['order'] }>(
    `
    select n.nspname as schema, c.relname as name, c.relforcerowsecurity as "isForced",
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
      ) as columns,
      coalesce((
        select json_agg(json_build_object('column', a.attname, 'isText', a.attcollation <> 0) order by k.position)
        from pg_index i, unnest(i.indkey) with ordinality as k (attnum, position), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum
      ), '[]') as key,
      coalesce((
        select json_agg(json_build_object('column', a.attname, 'isText', false))
        from pg_attribute a where a.attrelid = c.oid and a.attidentity <> ''
      ), '[]') as numbered,
      array(
        select distinct fn.nspname || '.' || f.relname from pg_constraint o, pg_class f, pg_namespace fn
        where o.conrelid = c.oid and o.contype = 'f' and f.oid = o.confrelid and fn.oid = f.relnamespace
          and o.confrelid <> c.oid order by 1
      ) as "refersTo"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $1 and ${OURS}
    order by 1, 2`,
    [MIGRATIONS],
  );
  return inOrder(
    rows.map(({ key, numbered, ...table }) => ({ ...table, order: key.length > 0 ? key : numbered })),
  );
}

function inOrder(tables: readonly Table[]): Table[] {
  for (const table of tables)
    if (table.order.length === 0)
      throw new InternalError('backup.no_order', `${nameOf(table)} has no key to put its rows in order by`);
  const placed = new Set<string>();
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const next = tables.find(
      (table) => !placed.has(nameOf(table)) && table.refersTo.every((other) => placed.has(other)),
    );
    if (!next)
      throw new InternalError('backup.circle', 'tables refer to one another in a circle', {
        context: { left: tables.map(nameOf).filter((one) => !placed.has(one)) },
      });
    placed.add(nameOf(next));
    ordered.push(next);
  }
  return ordered;
}

/** Names of the partitions that are there, whatever they are parts of. */
export async function readPartitions(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relispartition and ${OURS} order by 1`);
  return rows.map(({ name }) => name);
}

export interface Sequence {
  schema: string;
  sequence: string;
  last: number;
  called: boolean;
}

/** Read after the rows: a sequence is not part of a snapshot and must never stand before a number that is taken. */
export async function readSequences(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; sequence: string; quoted: string }>(`
    select n.nspname as schema, c.relname as sequence, format('%I.%I', n.nspname, c.relname) as quoted
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${OURS} order by 1, 2`);
  const found: Sequence[] = [];
  for (const { quoted, ...sequence } of rows) {
    const state = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted}`,
    );
    const { last, called } = state.rows[0]!;
    found.push({ ...sequence, last: Number(last), called });
  }
  return found;
}

/** Removes every table, routine and schema that is ours, within the transaction of what comes in their place. */
export async function dropEverything(client: Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(`
    select format('drop schema %I cascade', n.nspname) as statement, 1 as step from pg_namespace n
    where n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'public')
    union all
    select format('drop table if exists %I.%I cascade', n.nspname, c.relname), 2
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = 'public' and ${OURS}
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure), 3
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public'
      and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
    order by step`);
  for (const { statement } of rows) await client.query(statement);
}
