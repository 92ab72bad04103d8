import type { ThingDetail } from '@vakhta/api';
import { type Clock, newId, type Random, type ThingId } from '@vakhta/kernel';
import { parseValue, type ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Principal } from '../access/principal.ts';
import { recordAudit } from '../audit/audit.ts';
import {
  deleteThing,
  insertThing,
  selectModels,
  selectStates,
  selectThings,
  setGroups,
  type ThingRow,
  updateThing,
} from './thing-store.ts';
import { viewThingDetail } from './thing-view.ts';

export interface ThingDeps {
  clock: Clock;
  random: Random;
}

/** What a manager gives to add a thing. */
export interface ThingInput {
  name: string;
  model: string;
  agent: string;
  site?: string | undefined;
  groups: readonly string[];
  configuration: Record<string, unknown>;
}

export async function requireThing(tx: Tx, id: string): Promise<ThingRow> {
  const [row] = await selectThings(tx, { id, limit: 1 });
  if (!row) throw notFound('thing');
  return row;
}

export async function requireModel(tx: Tx, id: string): Promise<ThingModel> {
  const [model] = await selectModels(tx, id);
  if (!model) throw new HttpProblem('not_found', `no agent has a driver for '${id}'`, { field: 'model' });
  return model;
}

/** One thing with its state and its configuration. */
export async function readThing(tx: Tx, id: string, deps: ThingDeps): Promise<ThingDetail> {
  const row = await requireThing(tx, id);
  const [model] = await selectModels(tx, row.model);
  return viewThingDetail(row, await selectStates(tx, [id]), model, deps.clock.now());
}

/** Adds a thing to its agent's care. */
export async function addThing(
  tx: Tx,
  principal: Principal,
  input: ThingInput,
  deps: ThingDeps,
): Promise<ThingDetail> {
  const model = await requireModel(tx, input.model);
  const agentSite = await requireAgent(tx, input.agent);
  if (input.site) await requireSite(tx, input.site);
  const id = newId<ThingId>(deps);
  await insertThing(tx, {
    id,
    organisation: principal.organisation,
    name: input.name,
    model: model.id,
    agent: input.agent,
    site: input.site ?? agentSite,
    configuration: checkConfiguration(model, input.configuration),
  });
  await putIntoGroups(tx, principal, id, input.groups);
  await recordAudit(tx, {
    organisation: principal.organisation,
    actor: { kind: 'member', id: principal.member },
    action: 'thing.added',
    subject: { kind: 'thing', id },
    detail: { name: input.name, model: model.id, agent: input.agent },
  });
  return readThing(tx, id, deps);
}

export type ThingChange = Partial<Omit<ThingInput, 'model'>>;

/** Changes a thing; returns it with the agents whose lists have changed. */
export async function changeThing(
  tx: Tx,
  principal: Principal,
  id: string,
  change: ThingChange,
  deps: ThingDeps,
): Promise<{ thing: ThingDetail; agents: string[] }> {
  const before = await requireThing(tx, id);
  const model = await requireModel(tx, before.model);
  if (change.agent) await requireAgent(tx, change.agent);
  if (change.site) await requireSite(tx, change.site);
  await updateThing(tx, id, {
    name: change.name ?? before.name,
    agent: change.agent ?? before.agent_id,
    site: change.site ?? before.site_id,
    configuration: change.configuration
      ? checkConfiguration(model, { ...secretsOf(model, before.configuration), ...change.configuration })
      : before.configuration,
  });
  if (change.groups) await putIntoGroups(tx, principal, id, change.groups);
  await recordAudit(tx, {
    organisation: principal.organisation,
    actor: { kind: 'member', id: principal.member },
    action: 'thing.changed',
    subject: { kind: 'thing', id },
    detail: { fields: Object.keys(change) },
  });
  return { thing: await readThing(tx, id, deps), agents: [before.agent_id, change.agent ?? before.agent_id] };
}

/** Removes a thing; its log stays. Returns the agent that looked after it. */
export async function removeThing(tx: Tx, principal: Principal, id: string): Promise<string> {
  const row = await requireThing(tx, id);
  await deleteThing(tx, id);
  await recordAudit(tx, {
    organisation: principal.organisation,
    actor: { kind: 'member', id: principal.member },
    action: 'thing.removed',
    subject: { kind: 'thing', id },
    detail: { name: row.name, model: row.model },
  });
  return row.agent_id;
}

function checkConfiguration(model: ThingModel, configuration: Record<string, unknown>): unknown {
  const parsed = parseValue(model.configuration, configuration);
  if (parsed.ok) return parsed.value;
  const { field, rule, message } = parsed.error;
  throw new HttpProblem('invalid_field', message, { field: `configuration.${field}`, rule });
}

/** Secrets are never shown, so a form sent back without them means "as it was". */
const secretsOf = (model: ThingModel, configuration: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(configuration).filter(
      ([name]) => model.configuration.properties?.[name]?.display === 'secret',
    ),
  );

async function requireAgent(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ site_id: string }>`select site_id from agents where id = ${id}`.execute(tx);
  if (!rows[0]) throw new HttpProblem('not_found', 'there is no such agent', { field: 'agent' });
  return rows[0].site_id;
}

async function requireSite(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql`select from sites where id = ${id}`.execute(tx);
  if (!rows[0]) throw new HttpProblem('not_found', 'there is no such site', { field: 'site' });
}

async function putIntoGroups(
  tx: Tx,
  principal: Principal,
  thing: string,
  groups: readonly string[],
): Promise<void> {
  if (!(await setGroups(tx, principal.organisation, thing, groups)))
    throw new HttpProblem('not_found', 'there is no such group', { field: 'groups' });
}
