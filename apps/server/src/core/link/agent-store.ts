import type { AgentId, Instant, OrganisationId, StreamId, ThingId } from '@vakhta/kernel';
import type { AgentHealth, Assignment, Proof } from '@vakhta/link';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';

/** What is known of an agent before it has proved anything. */
export interface KnownAgent {
  id: AgentId;
  organisation: OrganisationId;
  status: 'awaiting' | 'enrolled' | 'revoked';
  publicKey: string | null;
}

export function findAgent(database: Database, agent: AgentId): Promise<KnownAgent | undefined> {
  return database.system(async (tx) => {
    const { rows } = await sql<KnownAgent>`
      select id, org_id as organisation, status, public_key as "publicKey" from agents where id = ${agent}`.execute(
      tx,
    );
    return rows[0];
  });
}

/** Keeps the newest version of each model; returns whether any was new. */
async function keepModels(tx: Tx, organisation: OrganisationId, models: Proof['models']): Promise<boolean> {
  if (models.length === 0) return false;
  const { rows } = await sql<{ id: string }>`
    insert into thing_models (org_id, id, version, definition)
    select ${organisation}::uuid, given.id, given.version, given.definition
    from unnest(
      ${models.map((model) => model.id)}::text[],
      ${models.map((model) => model.version)}::text[],
      ${models.map((model) => JSON.stringify(model))}::json[]
    ) as given (id, version, definition)
    on conflict (org_id, id) do update
      set version = excluded.version, definition = excluded.definition, updated_at = now()
      where thing_models.definition::text <> excluded.definition::text
        and string_to_array(thing_models.version, '.')::int[] <= string_to_array(excluded.version, '.')::int[]
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function assignmentsOf(tx: Tx, agent: AgentId): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`
    select id as thing, name, model, configuration from things where agent_id = ${agent} order by id`.execute(
    tx,
  );
  return rows;
}

export interface Connected {
  acknowledged: number;
  things: Assignment[];
  modelsChanged: boolean;
}

/**
 * Writes down that an agent is here, on this node, and what it brought; says where its stream stands and what it is to
 * look after.
 */
export function recordConnected(
  database: Database,
  agent: KnownAgent,
  proof: Proof,
  here: { node: number; now: Instant },
): Promise<Connected> {
  return database.tenant(agent.organisation, async (tx) => {
    const modelsChanged = await keepModels(tx, agent.organisation, proof.models);
    await sql`
      update agents set online = true, node = ${here.node}, online_since = ${new Date(here.now)}, last_seen_at = ${new Date(here.now)},
        software = ${JSON.stringify(proof.software)}::jsonb, models = ${proof.models.map((model) => model.id)}::text[]
      where id = ${agent.id}`.execute(tx);
    return {
      acknowledged: await acknowledgedOf(tx, agent.id, proof.stream),
      things: await assignmentsOf(tx, agent.id),
      modelsChanged,
    };
  });
}

async function acknowledgedOf(tx: Tx, agent: AgentId, stream: StreamId): Promise<number> {
  const { rows } = await sql<{ last_seq: number }>`
    select last_seq from agent_streams where agent_id = ${agent} and stream = ${stream}`.execute(tx);
  return rows[0]?.last_seq ?? 0;
}

/** False where it is connected to another node by now. */
export function recordDisconnected(
  database: Database,
  agent: KnownAgent,
  here: { node: number; now: Instant },
): Promise<boolean> {
  return database.tenant(agent.organisation, async (tx) => {
    const { rows } = await sql`
      update agents set online = false, node = null, last_seen_at = ${new Date(here.now)}
      where id = ${agent.id} and node = ${here.node} returning id`.execute(tx);
    return rows.length > 0;
  });
}

/** Whether the agent is connected to another node by now. */
export function isElsewhere(database: Database, agent: AgentId, node: number): Promise<boolean> {
  return database.system(async (tx) => {
    const { rows } = await sql`
      select from agents where id = ${agent} and node is distinct from ${node}`.execute(tx);
    return rows.length > 0;
  });
}

/** Which of these may not be connected any more. */
export function revokedOf(database: Database, agents: readonly AgentId[]): Promise<AgentId[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ id: AgentId }>`
      select given.id from unnest(${agents}::uuid[]) as given (id)
      where not exists (select from agents a where a.id = given.id and a.status = 'enrolled')`.execute(tx);
    return rows.map(({ id }) => id);
  });
}

/**
 * Whoever was connected to a node that is no more is connected to nothing. Returns them. A function and not a join with
 * the nodes: of an agent that connects to another meanwhile, PostgreSQL asks the function anew, the join it does not.
 */
export function forgetConnections(
  database: Database,
): Promise<{ agent: AgentId; organisation: OrganisationId }[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ agent: AgentId; organisation: OrganisationId }>`
      update agents set online = false, node = null
      where (online or node is not null) and not coalesce(node_lives(node), false)
      returning id as agent, org_id as organisation`.execute(tx);
    return rows;
  });
}

/** What an agent that went to another node had said of itself before is not its health now. */
export function recordHealth(
  database: Database,
  agent: KnownAgent,
  health: AgentHealth,
  lag: number | null,
  { node, now }: { node: number; now: Instant },
) {
  return database.tenant(agent.organisation, async (tx) => {
    await sql`
      update agents set health = ${JSON.stringify(health)}::jsonb, health_at = ${new Date(now)}, last_seen_at = ${new Date(now)},
        lag_ms = ${lag === null ? null : Math.round(lag)}
      where id = ${agent.id} and node = ${node}`.execute(tx);
  });
}

/** Keeps when things were last found as reported; only those the agent looks after. Returns the ones kept. */
export function recordConfirmed(
  database: Database,
  agent: KnownAgent,
  confirmed: readonly (readonly [ThingId, Instant])[],
): Promise<[ThingId, string][]> {
  return database.tenant(agent.organisation, async (tx) => {
    const { rows } = await sql<{ thing_id: ThingId; at: Date }>`
      insert into thing_confirmations (org_id, thing_id, at)
      select t.org_id, t.id, given.at
      from unnest(
        ${confirmed.map(([thing]) => thing)}::uuid[],
        ${confirmed.map(([, at]) => new Date(at).toISOString())}::timestamptz[]
      ) as given (thing_id, at)
      join things t on t.id = given.thing_id and t.agent_id = ${agent.id}
      order by t.id
      on conflict (thing_id) do update set at = greatest(thing_confirmations.at, excluded.at)
      returning thing_id, at`.execute(tx);
    return rows.map((row) => [row.thing_id, row.at.toISOString()]);
  });
}
