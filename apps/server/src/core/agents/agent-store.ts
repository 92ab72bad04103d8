import type { Agent } from '@vakhta/api';
import type { AgentId, Instant, OrganisationId } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';

interface AgentRow {
  id: AgentId;
  name: string;
  site_id: string;
  status: Agent['status'];
  online: boolean;
  last_seen_at: Date | null;
  enrolled_at: Date | null;
  token_expires_at: Date | null;
  software: Agent['software'];
  health: Agent['health'];
  lag_ms: number | null;
  things: number;
}

export async function selectAgents(
  tx: Tx,
  filter: { id?: string; after?: { name: string; id: string } | undefined; limit: number },
): Promise<Agent[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`a.id = ${filter.id}`);
  if (filter.after) conditions.push(sql`(a.name, a.id) > (${filter.after.name}, ${filter.after.id}::uuid)`);
  const { rows } = await sql<AgentRow>`
    select a.id, a.name, a.site_id, a.status, a.online, a.last_seen_at, a.enrolled_at, a.token_expires_at, a.software,
           a.health, a.lag_ms, (select count(*) from things t where t.agent_id = a.id) as things
    from agents a where ${sql.join(conditions, sql` and `)} order by a.name, a.id limit ${filter.limit}`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    site: row.site_id,
    status: row.status,
    online: row.online,
    lastSeen: row.last_seen_at?.toISOString() ?? null,
    enrolledAt: row.enrolled_at?.toISOString() ?? null,
    tokenExpires: row.token_expires_at?.toISOString() ?? null,
    software: row.software,
    health: row.health,
    lag: row.lag_ms,
    things: row.things,
  }));
}

export async function insertAgent(
  tx: Tx,
  agent: { id: AgentId; organisation: OrganisationId; site: string; name: string },
): Promise<void> {
  await sql`
    insert into agents (id, org_id, site_id, name, status)
    values (${agent.id}, ${agent.organisation}, ${agent.site}, ${agent.name}, 'awaiting')`.execute(tx);
}

export async function updateAgent(
  tx: Tx,
  id: string,
  change: { name?: string | undefined; site?: string | undefined },
) {
  await sql`
    update agents set name = coalesce(${change.name ?? null}, name), site_id = coalesce(${change.site ?? null}::uuid, site_id)
    where id = ${id}`.execute(tx);
}

/** Puts a new one-time token in place of whatever let the agent in before. */
export async function setToken(tx: Tx, id: string, hash: Uint8Array, expires: Instant): Promise<void> {
  await sql`
    update agents set status = 'awaiting', public_key = null, enrolled_at = null, token_hash = ${hash},
      token_expires_at = ${new Date(expires)}
    where id = ${id}`.execute(tx);
}

export async function revoke(tx: Tx, id: string): Promise<void> {
  await sql`
    update agents set status = 'revoked', public_key = null, token_hash = null, token_expires_at = null
    where id = ${id}`.execute(tx);
}

export async function deleteAgent(tx: Tx, id: string): Promise<void> {
  await sql`delete from agents where id = ${id}`.execute(tx);
}

/**
 * Trades a token for an identity, once: of two that come with the same token, one finds it gone. Undefined for an
 * unknown, used or expired token.
 */
export function redeemToken(
  database: Database,
  redemption: { hash: Uint8Array; publicKey: string; now: Instant },
): Promise<{ agent: AgentId; organisation: OrganisationId } | undefined> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ agent: AgentId; organisation: OrganisationId }>`
      update agents set status = 'enrolled', public_key = ${redemption.publicKey}, token_hash = null,
        token_expires_at = null, enrolled_at = ${new Date(redemption.now)}
      where token_hash = ${redemption.hash} and token_expires_at > ${new Date(redemption.now)} and status = 'awaiting'
      returning id as agent, org_id as organisation`.execute(tx);
    return rows[0];
  });
}
