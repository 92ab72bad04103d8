import * as z from 'zod';
import { Id, Name, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

export const Agent = z.object({
  id: Id,
  name: z.string(),
  site: Id,
  status: z
    .enum(['awaiting', 'enrolled', 'revoked'])
    .describe('`awaiting` enrolment, `enrolled`, or `revoked`.'),
  online: z.boolean(),
  lastSeen: Time.nullable(),
  enrolledAt: Time.nullable(),
  tokenExpires: Time.nullable().describe('Until when the one-time token can be used, while awaiting.'),
  software: z
    .object({ version: z.string(), node: z.string(), platform: z.string(), host: z.string() })
    .nullable(),
  /** As last told by the agent; null until it was. */
  health: z
    .object({
      outbox: z.object({ waiting: z.number(), capacity: z.number(), full: z.boolean() }),
      memoryBytes: z.number(),
      diskFreeBytes: z.number().optional(),
      uptimeSeconds: z.number(),
      clockOffset: z.number(),
      drivers: z.array(
        z.object({
          thing: Id,
          state: z.enum(['running', 'restarting', 'refused']),
          restarts: z.number(),
          problem: z.string().optional(),
        }),
      ),
    })
    .nullable(),
  lag: z
    .number()
    .nullable()
    .describe("Milliseconds between an observation's time and its commit, for the newest batch."),
  things: z.number().int(),
});
export type Agent = z.infer<typeof Agent>;

/** A one-time token, shown once, and the command to run on the mini-PC. */
export const Enrolment = z.object({ agent: Agent, token: z.string(), expires: Time, command: z.string() });
export type Enrolment = z.infer<typeof Enrolment>;

const params = z.object({ agent: Id });

export const agentRoutes = {
  listAgents: route({
    method: 'GET',
    path: '/agents',
    summary: 'Agents with their health',
    access: 'agents.view',
    query: PageQuery,
    response: pageOf(Agent),
  }),
  getAgent: route({
    method: 'GET',
    path: '/agents/{agent}',
    summary: 'One agent',
    access: 'agents.view',
    params,
    response: Agent,
  }),
  createAgent: route({
    method: 'POST',
    path: '/agents',
    summary: 'Add an agent and get its one-time token (24 h)',
    access: 'agents.manage',
    status: 201,
    body: z.strictObject({ name: Name, site: Id }),
    response: Enrolment,
  }),
  changeAgent: route({
    method: 'PATCH',
    path: '/agents/{agent}',
    summary: 'Rename an agent or move it to another site',
    access: 'agents.manage',
    params,
    body: z.strictObject({ name: Name.optional(), site: Id.optional() }),
    response: Agent,
  }),
  renewEnrolment: route({
    method: 'POST',
    path: '/agents/{agent}/enrolment',
    summary:
      'A new one-time token for an agent that awaits, was revoked, or is being replaced; its old key is void',
    access: 'agents.manage',
    status: 201,
    params,
    response: Enrolment,
  }),
  revokeAgent: route({
    method: 'POST',
    path: '/agents/{agent}/revoke',
    summary: 'Take an agent’s key back; it is cut off at once',
    access: 'agents.manage',
    params,
    response: Agent,
  }),
  removeAgent: route({
    method: 'DELETE',
    path: '/agents/{agent}',
    summary: 'Remove an agent that looks after nothing',
    access: 'agents.manage',
    status: 204,
    params,
  }),
  enrolAgent: route({
    method: 'POST',
    path: '/agents/enrol',
    summary: 'Called by a new agent: trades the one-time token and its public key for an identity',
    access: 'public',
    status: 201,
    body: z.strictObject({
      token: z.string().min(20).max(200),
      publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    }),
    response: z.object({
      agent: Id,
      organisation: Id,
      serverKey: z.string().describe('Ed25519, base64url: the agent pins it and obeys no other.'),
    }),
  }),
} as const;
