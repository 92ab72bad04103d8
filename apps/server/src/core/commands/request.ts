import type {
  BatchId,
  Clock,
  CommandId,
  Instant,
  Json,
  OrganisationId,
  Random,
  ThingId,
} from '@vakhta/kernel';
import { newId } from '@vakhta/kernel';
import { type ActionAffordance, parseValue, type ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Principal } from '../access/principal.ts';
import { recordAudits } from '../audit/audit.ts';
import type { CommandChange } from './command-reports.ts';

/** What a person or a program asks for. */
export interface CommandRequest {
  things: readonly ThingId[];
  action: string;
  input: Record<string, Json>;
  /** Milliseconds from now; the action's own time-out unless given. */
  deadlineMs?: number | undefined;
  /** Whether they form a batch that can be asked for as a whole. */
  asBatch: boolean;
}

export interface Requested {
  batch: BatchId | null;
  commands: { id: CommandId; thing: ThingId; agent: string }[];
  changes: CommandChange[];
}

interface Target {
  id: ThingId;
  agent_id: string;
  model: string;
}

/**
 * Records one command per thing, all in the given transaction, queued for their agents. Everything is checked before
 * anything is written: an unknown thing, an action some thing does not have, or a wrong input refuses the whole
 * request.
 */
export async function requestCommands(
  tx: Tx,
  principal: Principal,
  request: CommandRequest,
  deps: { clock: Clock; random: Random },
): Promise<Requested> {
  const targets = await findTargets(tx, request.things);
  const now = deps.clock.now();
  const inputs = new Map<string, { affordance: ActionAffordance; input: unknown }>();
  for (const { id, definition } of await findModels(tx, targets))
    inputs.set(id, checkAction(definition, request));

  const batch = request.asBatch ? newId<BatchId>(deps) : null;
  if (batch)
    await sql`
      insert into batches (id, org_id, action, requested_at)
      values (${batch}, ${principal.organisation}, ${request.action}, ${new Date(now)})`.execute(tx);

  const rows = targets.map((target) => {
    const { affordance, input } = inputs.get(target.model)!;
    return {
      id: newId<CommandId>(deps),
      thing: target.id,
      agent: target.agent_id,
      risk: affordance.risk,
      input: JSON.stringify(input),
      deadline: deadlineOf(now, request.deadlineMs ?? affordance.timeout),
    };
  });
  await sql`
    insert into commands (id, org_id, batch_id, thing_id, agent_id, action, input, risk, state, requested_by,
                          deadline, requested_at, queued_at)
    select given.id, ${principal.organisation}::uuid, ${batch}::uuid, given.thing, given.agent, ${request.action}, given.input,
           given.risk, 'queued', ${principal.member}::uuid, given.deadline, ${new Date(now)}::timestamptz, ${new Date(now)}::timestamptz
    from unnest(
      ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.thing)}::uuid[],
      ${rows.map((row) => row.agent)}::uuid[],
      ${rows.map((row) => row.input)}::jsonb[],
      ${rows.map((row) => row.risk)}::text[],
      ${rows.map((row) => row.deadline)}::timestamptz[]
    ) as given (id, thing, agent, input, risk, deadline)`.execute(tx);
  await recordAudits(
    tx,
    rows.map((row) => ({
      organisation: principal.organisation as OrganisationId,
      actor: { kind: 'member', id: principal.member },
      action: 'command.requested',
      subject: { kind: 'command', id: row.id },
      detail: {
        thing: row.thing,
        action: request.action,
        input: request.input,
        via: principal.via,
        ...(batch && { batch }),
      },
    })),
  );
  return {
    batch,
    commands: rows.map(({ id, thing, agent }) => ({ id, thing, agent })),
    changes: rows.map((row) => ({
      command: row.id,
      thing: row.thing,
      batch,
      action: request.action,
      state: 'queued',
      at: now,
    })),
  };
}

const deadlineOf = (now: Instant, limit: number): string => new Date(now + limit).toISOString();

async function findTargets(tx: Tx, things: readonly ThingId[]): Promise<Target[]> {
  const wanted = [...new Set(things)];
  const { rows } = await sql<Target>`
    select t.id, t.agent_id, t.model
    from unnest(${wanted}::uuid[]) with ordinality as given (id, position)
    join things t on t.id = given.id
    order by given.position`.execute(tx);
  if (rows.length < wanted.length) {
    const found = new Set<string>(rows.map((row) => row.id));
    const missing = wanted.find((id) => !found.has(id));
    throw new HttpProblem('not_found', `there is no thing ${missing}`, { field: 'things' });
  }
  return rows;
}

/** The models of all targets, each once: a definition is large, and a whole fleet has one. */
async function findModels(
  tx: Tx,
  targets: readonly Target[],
): Promise<{ id: string; definition: ThingModel }[]> {
  const models = [...new Set(targets.map(({ model }) => model))];
  const { rows } = await sql<{ id: string; definition: ThingModel }>`
    select id, definition from thing_models where id = any(${models}::text[])`.execute(tx);
  return rows;
}

function checkAction(
  model: ThingModel,
  request: CommandRequest,
): { affordance: ActionAffordance; input: unknown } {
  const affordance = Object.hasOwn(model.actions, request.action) ? model.actions[request.action] : undefined;
  if (!affordance)
    throw new HttpProblem('no_such_action', `${model.id} has no action '${request.action}'`, {
      field: 'action',
    });
  const input = parseValue(affordance.input ?? { type: 'object' }, request.input);
  if (!input.ok)
    throw new HttpProblem('invalid_field', input.error.message, {
      field: input.error.field,
      rule: input.error.rule,
    });
  return { affordance, input: input.value };
}
