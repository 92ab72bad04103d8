import type { OrganisationId, ThingId } from '@vakhta/kernel';
import type { ThingModel } from '@vakhta/things';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

/** A thing's row with what is known of its reachability. */
export interface ThingRow {
  id: ThingId;
  name: string;
  model: string;
  site_id: string;
  agent_id: string;
  configuration: Record<string, unknown>;
  groups: string[];
  agent_online: boolean;
  agent_seen_at: Date | null;
  presence: boolean | null;
  reason: { code: string; message: string } | null;
  confirmed_at: Date | null;
  presence_at: Date | null;
}

export interface StateRow {
  thing_id: ThingId;
  name: string;
  value: unknown;
  at: Date;
}

export interface ThingFilter {
  id?: string | undefined;
  site?: string | undefined;
  group?: string | undefined;
  agent?: string | undefined;
  model?: string | undefined;
  q?: string | undefined;
  after?: { name: string; id: string } | undefined;
  limit: number;
}

export async function selectThings(tx: Tx, filter: ThingFilter): Promise<ThingRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`t.id = ${filter.id}`);
  if (filter.site) conditions.push(sql`t.site_id = ${filter.site}`);
  if (filter.agent) conditions.push(sql`t.agent_id = ${filter.agent}`);
  if (filter.model) conditions.push(sql`t.model = ${filter.model}`);
  if (filter.group)
    conditions.push(
      sql`exists (select from group_things g where g.thing_id = t.id and g.group_id = ${filter.group})`,
    );
  if (filter.q) conditions.push(sql`position(lower(${filter.q}) in lower(t.name)) > 0`);
  if (filter.after) conditions.push(sql`(t.name, t.id) > (${filter.after.name}, ${filter.after.id}::uuid)`);
  const { rows } = await sql<ThingRow>`
    select t.id, t.name, t.model, t.site_id, t.agent_id, t.configuration,
           array(select g.group_id from group_things g where g.thing_id = t.id order by g.group_id) as groups,
           a.online as agent_online, a.last_seen_at as agent_seen_at,
           p.online as presence, p.reason, p.at as presence_at, c.at as confirmed_at
    from things t
    join agents a on a.id = t.agent_id
    left join thing_presence p on p.thing_id = t.id
    left join thing_confirmations c on c.thing_id = t.id
    where ${sql.join(conditions, sql` and `)}
    order by t.name, t.id limit ${filter.limit}`.execute(tx);
  return rows;
}

export async function selectStates(tx: Tx, things: readonly string[]): Promise<StateRow[]> {
  const { rows } = await sql<StateRow>`
    select thing_id, name, value, at from thing_state where thing_id = any(${things}::uuid[])`.execute(tx);
  return rows;
}

export async function selectModels(tx: Tx, id?: string): Promise<ThingModel[]> {
  const { rows } = await sql<{ definition: ThingModel }>`
    select definition from thing_models where ${id === undefined ? sql`true` : sql`id = ${id}`} order by id`.execute(
    tx,
  );
  return rows.map((row) => row.definition);
}

export interface NewThing {
  id: ThingId;
  organisation: OrganisationId;
  name: string;
  model: string;
  agent: string;
  site: string;
  configuration: unknown;
}

export async function insertThing(tx: Tx, thing: NewThing): Promise<void> {
  await sql`
    insert into things (id, org_id, site_id, agent_id, model, name, configuration)
    values (${thing.id}, ${thing.organisation}, ${thing.site}, ${thing.agent}, ${thing.model}, ${thing.name},
            ${JSON.stringify(thing.configuration)}::jsonb)`.execute(tx);
}

export async function updateThing(
  tx: Tx,
  id: string,
  change: { name: string; agent: string; site: string; configuration: unknown },
): Promise<void> {
  await sql`
    update things set name = ${change.name}, agent_id = ${change.agent}, site_id = ${change.site},
      configuration = ${JSON.stringify(change.configuration)}::jsonb
    where id = ${id}`.execute(tx);
}

/** Puts a thing into exactly these groups; returns false when one of them does not exist. */
export async function setGroups(
  tx: Tx,
  organisation: string,
  thing: string,
  groups: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(groups)];
  await sql`delete from group_things where thing_id = ${thing} and group_id <> all(${wanted}::uuid[])`.execute(
    tx,
  );
  const { rows } = await sql<{ known: number }>`
    with known as (select id from groups where id = any(${wanted}::uuid[])),
    added as (
      insert into group_things (org_id, group_id, thing_id)
      select ${organisation}::uuid, id, ${thing}::uuid from known on conflict do nothing
    )
    select count(*) as known from known`.execute(tx);
  return rows[0]?.known === wanted.length;
}

export async function deleteThing(tx: Tx, id: string): Promise<void> {
  await sql`delete from things where id = ${id}`.execute(tx);
}

export async function selectThingIds(tx: Tx): Promise<ThingId[]> {
  const { rows } = await sql<{ id: ThingId }>`select id from things`.execute(tx);
  return rows.map((row) => row.id);
}

export async function thingsOfSite(tx: Tx, site: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from things where site_id = ${site}`.execute(tx);
  return rows.map((row) => row.id);
}
