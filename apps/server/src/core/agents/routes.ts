import { type Agent, agentRoutes as routes } from '@vakhta/api';
import { type AgentId, type Clock, newId, type Random } from '@vakhta/kernel';
import type { SigningKey } from '@vakhta/link';
import { sql } from 'kysely';
import { afterName, pageByName } from '../../platform/http/cursor.ts';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { Principal } from '../access/principal.ts';
import { recordAudit } from '../audit/audit.ts';
import type { AgentLink } from '../link/agent-link.ts';
import type { LiveHub } from '../live/hub.ts';
import { deleteAgent, insertAgent, redeemToken, revoke, selectAgents, updateAgent } from './agent-store.ts';
import { hashToken, issueToken } from './enrolment.ts';

export interface AgentRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  key: SigningKey;
  hub: LiveHub;
  link: AgentLink;
  /** SHA-256 of the desk's own authority, where it has one: what an agent believes the first time. */
  pin: string | undefined;
}

export function agentRoutes(api: Api, deps: AgentRouteDeps): void {
  const { database, clock, random, key, hub, link, pin } = deps;

  const requireAgent = async (tx: Tx, id: string): Promise<Agent> => {
    const [agent] = await selectAgents(tx, { id, limit: 1 });
    if (!agent) throw notFound('agent');
    return agent;
  };

  const record = (tx: Tx, principal: Principal, action: string, agent: string, detail = {}) =>
    recordAudit(tx, {
      organisation: principal.organisation,
      actor: { kind: 'member', id: principal.member },
      action,
      subject: { kind: 'agent', id: agent },
      detail,
    });

  const announce = (principal: Principal) =>
    hub.publish(principal.organisation, { type: 'changed', what: 'agents' });

  /** The token and the command to type on the mini-PC, with the address this request came by. */
  const enrol = async (tx: Tx, id: string, server: string) => {
    const { token, expires } = await issueToken(tx, id, { clock, random });
    return {
      agent: await requireAgent(tx, id),
      token,
      expires: new Date(expires).toISOString(),
      command: `npx vakhta enrol --server ${server} --token ${token}${pin ? ` --pin ${pin}` : ''} && npx vakhta agent`,
    };
  };

  api.implement(routes.listAgents, ({ principal, query: { limit, cursor } }) =>
    database.tenant(principal.organisation, async (tx) =>
      pageByName(await selectAgents(tx, { limit: limit + 1, ...afterName(cursor) }), limit),
    ),
  );

  api.implement(routes.getAgent, ({ principal, params }) =>
    database.tenant(principal.organisation, (tx) => requireAgent(tx, params.agent)),
  );

  api.implement(routes.createAgent, async ({ principal, body, raw }) => {
    const enrolment = await database.tenant(principal.organisation, async (tx) => {
      await requireSite(tx, body.site);
      const id = newId<AgentId>(deps);
      await insertAgent(tx, { id, organisation: principal.organisation, ...body });
      await record(tx, principal, 'agent.added', id, { name: body.name });
      return enrol(tx, id, `${raw.protocol}://${raw.host}`);
    });
    announce(principal);
    return enrolment;
  });

  api.implement(routes.changeAgent, async ({ principal, params, body }) => {
    const agent = await database.tenant(principal.organisation, async (tx) => {
      await requireAgent(tx, params.agent);
      if (body.site) await requireSite(tx, body.site);
      await updateAgent(tx, params.agent, body);
      await record(tx, principal, 'agent.changed', params.agent, { fields: Object.keys(body) });
      return requireAgent(tx, params.agent);
    });
    announce(principal);
    return agent;
  });

  api.implement(routes.renewEnrolment, async ({ principal, params, raw }) => {
    const enrolment = await database.tenant(principal.organisation, async (tx) => {
      await requireAgent(tx, params.agent);
      await record(tx, principal, 'agent.enrolment_renewed', params.agent);
      return enrol(tx, params.agent, `${raw.protocol}://${raw.host}`);
    });
    link.revoke(params.agent as AgentId);
    announce(principal);
    return enrolment;
  });

  api.implement(routes.revokeAgent, async ({ principal, params }) => {
    const agent = await database.tenant(principal.organisation, async (tx) => {
      await requireAgent(tx, params.agent);
      await revoke(tx, params.agent);
      await record(tx, principal, 'agent.revoked', params.agent);
      return requireAgent(tx, params.agent);
    });
    link.revoke(params.agent as AgentId);
    announce(principal);
    return agent;
  });

  api.implement(routes.removeAgent, async ({ principal, params }) => {
    await database.tenant(principal.organisation, async (tx) => {
      const agent = await requireAgent(tx, params.agent);
      if (agent.things > 0)
        throw new HttpProblem('in_use', 'it still looks after things: move or remove them first', {
          field: 'things',
        });
      await deleteAgent(tx, params.agent);
      await record(tx, principal, 'agent.removed', params.agent, { name: agent.name });
    });
    link.revoke(params.agent as AgentId);
    announce(principal);
    return undefined;
  });

  api.implement(routes.enrolAgent, async ({ body }) => {
    const redeemed = await redeemToken(database, {
      hash: hashToken(body.token),
      publicKey: body.publicKey,
      now: clock.now(),
    });
    if (!redeemed)
      throw new HttpProblem('not_found', 'the token is unknown, used or expired', { field: 'token' });
    await database.tenant(redeemed.organisation, (tx) =>
      recordAudit(tx, {
        organisation: redeemed.organisation,
        actor: { kind: 'agent', id: redeemed.agent },
        action: 'agent.enrolled',
        subject: { kind: 'agent', id: redeemed.agent },
      }),
    );
    hub.publish(redeemed.organisation, { type: 'changed', what: 'agents' });
    return { ...redeemed, serverKey: key.publicKey };
  });
}

async function requireSite(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql`select from sites where id = ${id}`.execute(tx);
  if (!rows[0]) throw new HttpProblem('not_found', 'there is no such site', { field: 'site' });
}
