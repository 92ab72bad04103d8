import { type Clock, type Instant, minutes, type OrganisationId, seconds } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { recordAudits, SYSTEM } from '../audit/audit.ts';
import type { CommandChange } from './command-reports.ts';
import { change } from './delivery.ts';

/** How long after its deadline a report may still be on its way before the state is called unknown. */
const REPORT_GRACE = seconds(5);
/** A driver stops at the deadline; a result later than this is not coming soon. */
const RESULT_GRACE = minutes(1);
/** Health told so long after an order became void counts as "everything before it has been reported". */
const DRAIN_MARGIN = seconds(3);

export interface OverdueChange extends CommandChange {
  organisation: OrganisationId;
  agent: string;
}

interface Rule {
  from: string;
  to: 'expired' | 'unknown' | 'queued';
  when: (now: Instant) => RawBuilder<unknown>;
  code: string;
  message: string;
}

const at = (now: Instant, shift = 0) => sql`${new Date(now + shift)}::timestamptz`;

/** The agent is here and has nothing left to tell of the time before the order became void: it never took it. */
const neverTaken = sql`c.accepted_at is null and exists (
  select from agents a where a.id = c.agent_id and a.online
    and a.health_at > c.order_valid_until + ${`${DRAIN_MARGIN} milliseconds`}::interval
    and (a.health -> 'outbox' ->> 'waiting')::int = 0)`;

/** What becomes of a command when nothing more is heard; the first rule that fits decides. */
const rules: readonly Rule[] = [
  {
    from: 'queued',
    to: 'expired',
    when: (now) => sql`c.deadline < ${at(now)}`,
    code: 'agent_not_reached',
    message: 'the agent was not reached before the deadline',
  },
  {
    from: 'delivered',
    to: 'queued',
    when: (now) => sql`c.order_valid_until < ${at(now)} and c.deadline > ${at(now)} and ${neverTaken}`,
    code: 'order_lost',
    message: 'the order was lost on the way and is sent again',
  },
  {
    from: 'delivered',
    to: 'expired',
    when: (now) => sql`c.deadline < ${at(now)} and ${neverTaken}`,
    code: 'not_taken',
    message: 'the agent did not take the order before the deadline',
  },
  {
    from: 'delivered',
    to: 'unknown',
    when: (now) => sql`c.deadline < ${at(now, -REPORT_GRACE)}`,
    code: 'no_report',
    message: 'the agent has not reported; it may or may not have been done',
  },
  {
    from: 'unknown',
    to: 'expired',
    when: () => neverTaken,
    code: 'not_taken',
    message: 'the agent did not take the order before the deadline',
  },
  {
    from: 'accepted',
    to: 'unknown',
    when: (now) => sql`c.deadline < ${at(now, -RESULT_GRACE)}`,
    code: 'no_result',
    message: 'the agent took the order and has not reported a result',
  },
];

/** Moves on every command whose time is up, in all organisations. Run every second. */
export async function resolveOverdue(database: Database, clock: Clock): Promise<OverdueChange[]> {
  const now = clock.now();
  return database.system(async (tx) => {
    const changes: OverdueChange[] = [];
    for (const rule of rules) changes.push(...(await applyRule(tx, rule, now)));
    await recordAudits(
      tx,
      changes.map((step) => ({
        organisation: step.organisation,
        actor: SYSTEM,
        action: `command.${step.state}`,
        subject: { kind: 'command', id: step.command },
        detail: { thing: step.thing, action: step.action },
      })),
    );
    return changes;
  });
}

async function applyRule(tx: Tx, rule: Rule, now: Instant): Promise<OverdueChange[]> {
  const final = rule.to !== 'queued';
  const outcome = JSON.stringify({ code: rule.code, message: rule.message });
  const { rows } = await sql<Parameters<typeof change>[0] & { org_id: OrganisationId; agent_id: string }>`
    update commands c set
      state = ${rule.to},
      finished_at = ${final ? sql`${new Date(now)}::timestamptz` : sql`null`},
      outcome = ${final ? sql`${outcome}::jsonb` : sql`null`}
    where c.state = ${rule.from} and ${rule.when(now)}
    returning c.id, c.thing_id, c.batch_id, c.action, c.org_id, c.agent_id`.execute(tx);
  return rows.map((row) => ({ ...change(row, rule.to, now), organisation: row.org_id, agent: row.agent_id }));
}
