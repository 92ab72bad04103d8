import type { AlertSeverity, AlertStepName } from '@vakhta/api';
import { type Clock, newId, type OrganisationId, type Random } from '@vakhta/kernel';
import type { Localized } from '@vakhta/things';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { judged, type Moment } from './judgement.ts';
import type { AlertStep } from './steps.ts';

const LOCK = 7204;

export interface JudgeDeps {
  database: Database;
  clock: Clock;
  random: Random;
  /** Since when some server has listened without a gap. */
  listeningSince: number;
  /** What else is to be written with the steps, in their transaction: both are there or neither. */
  onSteps(tx: Tx, steps: readonly AlertStep[]): Promise<void>;
}

/**
 * Raises, repeats, escalates and clears alerts in all organisations, by the rules and the clock. Run every second; all
 * it goes by is in the database, so it may stop and start at any moment and anywhere. Returns the steps taken.
 */
export function judgeAlerts(deps: JudgeDeps): Promise<AlertStep[]> {
  const moment = { now: deps.clock.now(), listeningSince: deps.listeningSince };
  return deps.database.system(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(
      tx,
    );
    // Another server is at it.
    if (!rows[0]?.mine) return [];
    const steps = [
      ...(await clear(tx, moment)),
      ...(await open(tx, moment, deps)),
      ...(await repeat(tx, moment)),
      ...(await escalate(tx, moment)),
    ];
    if (steps.length > 0) await deps.onSteps(tx, steps);
    return steps;
  });
}

interface StepRow {
  id: string;
  org_id: OrganisationId;
  severity: AlertSeverity;
  title: Localized;
  subject_name: string;
}

const toStep =
  (step: AlertStepName, { now }: Moment) =>
  (row: StepRow): AlertStep => ({
    organisation: row.org_id,
    alert: row.id,
    step,
    severity: row.severity,
    title: row.title,
    subject: row.subject_name,
    at: now,
  });

const stamp = (now: number) => sql`${new Date(now)}::timestamptz`;
const returned = sql`a.id, a.org_id, a.severity, a.title, a.subject_name`;
const isEvent = sql`j.rule_kind in ('event', 'agentEvent')`;

/** What has held for long enough, is not kept from being told, and has no alert yet. */
async function open(tx: Tx, moment: Moment, deps: { clock: Clock; random: Random }): Promise<AlertStep[]> {
  const { rows } = await sql<Omit<StepRow, 'id'> & Record<string, unknown>>`
    with ${judged(moment)}
    select j.org_id, j.rule_id, coalesce(j.words -> 'title', jsonb_build_object('en', j.rule_name, 'ru', j.rule_name)) as title,
      j.words -> 'help' as help, j.severity, j.subject_kind, j.subject_id, j.subject_name, j.site_id, j.cause, j.log_id, j.since
    from judged j
    where j.holds and not j.hidden and not j.maintained
      and j.since + make_interval(secs => j.for_seconds) <= ${stamp(moment.now)}
      and not exists (select from alerts a where a.rule_id = j.rule_id and a.subject_id = j.subject_id and a.cleared_at is null)
      and not (${isEvent} and exists (
        select from alerts a where a.rule_id = j.rule_id and a.subject_id = j.subject_id and a.log_id >= j.log_id))
    order by j.rule_id, j.subject_id`.execute(tx);
  if (rows.length === 0) return [];
  const raised = rows.map((row) => ({ ...row, id: newId(deps), opened_at: new Date(moment.now) }));
  const inserted = await sql<StepRow>`
    insert into alerts as a (id, org_id, rule_id, title, help, severity, subject_kind, subject_id, subject_name, site_id,
      cause, log_id, since, opened_at)
    select id, org_id, rule_id, title, help, severity, subject_kind, subject_id, subject_name, site_id, cause, log_id, since, opened_at
    from jsonb_populate_recordset(null::alerts, ${JSON.stringify(raised)}::jsonb)
    on conflict do nothing returning ${returned}`.execute(tx);
  return inserted.rows.map(toStep('opened', moment));
}

/** What has been well for long enough, and what nobody asks about any more. */
async function clear(tx: Tx, moment: Moment): Promise<AlertStep[]> {
  const { rows } = await sql<StepRow>`
    with ${judged(moment)},
    over as (
      select a.id, case
        when j.rule_id is not null then 'recovered'
        when a.rule_id is null or not exists (select from alert_rules r where r.id = a.rule_id and r.enabled) then 'rule_changed'
        when exists (select from contacts x where x.id = a.subject_id) then 'rule_changed'
        else 'subject_removed' end as because
      from alerts a left join judged j on j.rule_id = a.rule_id and j.subject_id = a.subject_id
      where a.cleared_at is null and (
        j.rule_id is null
        or (not j.holds and j.since + make_interval(secs => j.clear_after_seconds) <= ${stamp(moment.now)})
        or (${isEvent} and greatest(j.since, a.opened_at) + make_interval(secs => j.clear_after_seconds) <= ${stamp(moment.now)}))
    )
    update alerts a set cleared_at = ${stamp(moment.now)}, cleared_because = over.because
    from over where a.id = over.id returning ${returned}`.execute(tx);
  return rows.map(toStep('cleared', moment));
}

/** The event came again while its alert is open. */
async function repeat(tx: Tx, moment: Moment): Promise<AlertStep[]> {
  const { rows } = await sql<StepRow>`
    with ${judged(moment)}
    update alerts a set count = a.count + 1, log_id = j.log_id, cause = j.cause
    from judged j
    where a.cleared_at is null and j.rule_id = a.rule_id and j.subject_id = a.subject_id and ${isEvent}
      and j.holds and j.log_id > a.log_id
    returning ${returned}`.execute(tx);
  return rows.map(toStep('repeated', moment));
}

/** Nobody has said that they are on it: one step worse; what is critical already is told once more, to more people. */
async function escalate(tx: Tx, moment: Moment): Promise<AlertStep[]> {
  const { rows } = await sql<StepRow>`
    with ${judged(moment)}
    update alerts a set level = a.level + 1, escalated_at = ${stamp(moment.now)},
      severity = case a.severity when 'notice' then 'warning' else 'critical' end
    from judged j
    where a.cleared_at is null and a.acknowledged_at is null and j.rule_id = a.rule_id and j.subject_id = a.subject_id
      and not j.hidden and not j.maintained and (a.severity <> 'critical' or a.level = 0)
      and greatest(a.opened_at, a.escalated_at) + make_interval(mins => j.escalate_after_minutes) <= ${stamp(moment.now)}
    returning ${returned}`.execute(tx);
  return rows.map(toStep('escalated', moment));
}
