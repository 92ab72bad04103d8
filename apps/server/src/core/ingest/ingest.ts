import type { AgentId, Clock, Json, OrganisationId, StreamId, ThingId } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { type AuditRecord, recordAudits } from '../audit/audit.ts';
import { applyCommandReports, type CommandChange } from '../commands/command-reports.ts';
import { appendToLog, lockStream } from './log-store.ts';
import { type Logged, toLoggable } from './logged.ts';
import { applyProjections, type Projection, type ProjectionFailure } from './projection.ts';

/** One batch as an agent sends it. */
export interface Batch {
  organisation: OrganisationId;
  agent: AgentId;
  stream: StreamId;
  /** Seq of the first item. */
  from: number;
  items: readonly Observation[];
}

export type IngestResult =
  /** Committed, or all of it was in the log already. `acknowledged` is the highest contiguous seq. */
  | {
      state: 'committed';
      acknowledged: number;
      logged: Logged[];
      changes: CommandChange[];
      failures: ProjectionFailure[];
    }
  /** It does not follow on what the log has. */
  | { state: 'gap'; expected: number };

export interface IngestOptions {
  database: Database;
  clock: Clock;
  projections: readonly Projection[];
}

/**
 * Applies a batch in one transaction: exactly the items that are not yet in the log, in order, with all that is derived
 * from them. What is returned as committed is durable.
 */
export function ingest(batch: Batch, options: IngestOptions): Promise<IngestResult> {
  return options.database.tenant(batch.organisation, async (tx): Promise<IngestResult> => {
    const last = await lockStream(tx, batch);
    if (batch.from > last + 1) return { state: 'gap', expected: last + 1 };
    const fresh = batch.items.slice(last + 1 - batch.from);
    if (fresh.length === 0)
      return { state: 'committed', acknowledged: last, logged: [], changes: [], failures: [] };

    const subjects = await findSubjects(tx, batch.agent, fresh);
    const logged = await appendToLog(
      tx,
      fresh.map((item) => toLoggable(item, { ...batch, thing: subjects.thingOf(item) })),
      { agent: batch.agent, stream: batch.stream, firstSeq: last + 1, receivedAt: options.clock.now() },
    );
    const failures = await applyProjections(tx, batch.organisation, options.projections, logged);
    const changes = await applyCommandReports(tx, batch, options.clock.now(), fresh);
    await recordAudits(tx, refusedOrders(batch, fresh));
    return { state: 'committed', acknowledged: last + fresh.length, logged, changes, failures };
  });
}

/** Orders the agent would not carry out, whoever sent them: what an administrator looks for after an attack. */
function refusedOrders(
  from: Pick<Batch, 'organisation' | 'agent'>,
  items: readonly Observation[],
): AuditRecord[] {
  return items.flatMap((item) => {
    const detail = refusalOf(item);
    if (detail === undefined) return [];
    const { organisation, agent } = from;
    return [
      {
        organisation,
        actor: { kind: 'agent', id: agent },
        action: 'agent.order_refused',
        subject: { kind: 'agent', id: agent },
        detail,
      },
    ];
  });
}

function refusalOf(item: Observation): Json | undefined {
  if (item.kind === 'agent' && item.name === 'order_refused') return item.data;
  if (item.kind === 'command' && item.state === 'refused')
    return { command: item.command, code: item.code ?? null };
  return undefined;
}

interface Subjects {
  thingOf(item: Observation): ThingId | null;
}

/**
 * Which thing each observation is about. An agent speaks for the things it looks after and for things that are gone;
 * what it says of another agent's thing is kept as its own word, under no thing.
 */
async function findSubjects(tx: Tx, agent: AgentId, items: readonly Observation[]): Promise<Subjects> {
  const named = new Set(items.flatMap((item) => ('thing' in item && item.thing ? [item.thing] : [])));
  const commands = items.flatMap((item) => (item.kind === 'command' ? [item.command] : []));
  const { rows } = await sql<{ id: string; thing: ThingId | null }>`
    select id, null::uuid as thing from things where id = any(${[...named]}::uuid[]) and agent_id <> ${agent}
    union all
    select id, thing_id from commands where id = any(${commands}::uuid[]) and agent_id = ${agent}`.execute(
    tx,
  );
  const notOurs = new Set(rows.flatMap(({ id, thing }) => (thing === null ? [id] : [])));
  const thingOfCommand = new Map(rows.map(({ id, thing }) => [id, thing]));
  return {
    thingOf: (item) => {
      if (item.kind === 'command') return thingOfCommand.get(item.command) ?? null;
      return item.thing && !notOurs.has(item.thing) ? item.thing : null;
    },
  };
}
