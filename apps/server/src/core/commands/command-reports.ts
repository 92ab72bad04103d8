import type { CommandState } from '@vakhta/api';
import type { AgentId, CommandId, Instant, OrganisationId, ThingId } from '@vakhta/kernel';
import type { Observation, ObservationOf } from '@vakhta/link';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import { recordAudits } from '../audit/audit.ts';

/** A step in a command's life that has been taken. */
export interface CommandChange {
  command: CommandId;
  thing: ThingId;
  batch: string | null;
  action: string;
  state: CommandState;
  at: Instant;
}

export interface ReportSource {
  organisation: OrganisationId;
  agent: AgentId;
}

type Report = ObservationOf<'command'>;

/**
 * From which states a report may move a command. A final state stays; `unknown` and `expired` give way to evidence,
 * since what the machine did outweighs what the server had to assume.
 */
const movesFrom: Readonly<Record<Report['state'], readonly string[]>> = {
  accepted: ['queued', 'delivered', 'unknown', 'expired'],
  succeeded: ['queued', 'delivered', 'accepted', 'unknown', 'expired'],
  failed: ['queued', 'delivered', 'accepted', 'unknown', 'expired'],
  unknown: ['queued', 'delivered', 'accepted'],
  refused: ['queued', 'delivered'],
};

/** Applies an agent's reports to its own commands; anything else it says of commands changes nothing. */
export async function applyCommandReports(
  tx: Tx,
  source: ReportSource,
  now: Instant,
  items: readonly Observation[],
): Promise<CommandChange[]> {
  const changes: CommandChange[] = [];
  for (const state of ['accepted', 'refused', 'unknown', 'failed', 'succeeded'] as const) {
    const reports = items.filter((item): item is Report => item.kind === 'command' && item.state === state);
    if (reports.length > 0) changes.push(...(await applyReports(tx, source, now, state, reports)));
  }
  await recordAudits(
    tx,
    changes.map((change) => ({
      organisation: source.organisation,
      actor: { kind: 'agent', id: source.agent },
      action: `command.${change.state}`,
      subject: { kind: 'command', id: change.command },
      detail: { thing: change.thing, action: change.action },
    })),
  );
  return changes;
}

async function applyReports(
  tx: Tx,
  source: ReportSource,
  now: Instant,
  state: Report['state'],
  reports: readonly Report[],
): Promise<CommandChange[]> {
  const accepted = state === 'accepted';
  // The agent's idea of our time lags by the way to it: no step may seem to come before the one it follows on.
  const { rows } = await sql<{
    id: CommandId;
    thing_id: ThingId;
    batch_id: string | null;
    action: string;
    at: Date;
  }>`
    update commands c set
      state = ${state},
      accepted_at = ${accepted ? sql`greatest(given.at, c.delivered_at)` : sql`c.accepted_at`},
      finished_at = ${accepted ? sql`null` : sql`greatest(given.at, c.delivered_at, c.accepted_at)`},
      outcome = ${accepted ? sql`null` : sql`given.outcome`}
    from unnest(
      ${reports.map((report) => report.command)}::uuid[],
      ${reports.map((report) => new Date(Math.min(report.at, now)).toISOString())}::timestamptz[],
      ${reports.map((report) => JSON.stringify(outcomeOf(report)))}::jsonb[]
    ) as given (id, at, outcome)
    where c.id = given.id and c.agent_id = ${source.agent} and c.state = any(${movesFrom[state]}::text[])
    returning c.id, c.thing_id, c.batch_id, c.action, given.at`.execute(tx);
  return rows.map((row) => ({
    command: row.id,
    thing: row.thing_id,
    batch: row.batch_id,
    action: row.action,
    state,
    at: row.at.getTime(),
  }));
}

const outcomeOf = ({ code, message, observed, evidence, picture }: Report) => ({
  code,
  message,
  observed,
  evidence,
  picture,
});
