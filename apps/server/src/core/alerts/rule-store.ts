import type { AlertRule, AlertRuleKind, AlertRuleSettings } from '@vakhta/api';
import type { Json, OrganisationId } from '@vakhta/kernel';
import type { Localized } from '@vakhta/things';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import { holdProjections } from '../ingest/projection.ts';
import { foldCondition } from './condition.ts';
import { conditionOf } from './condition-projection.ts';

interface RuleRow {
  id: string;
  name: string;
  words: { title: Localized; help: Localized } | null;
  kind: AlertRuleKind;
  condition: Record<string, Json>;
  severity: AlertRule['severity'];
  for_seconds: number;
  clear_after_seconds: number;
  escalate_after_minutes: number | null;
  site_id: string | null;
  group_id: string | null;
  enabled: boolean;
  alerts: number;
}

/** Rules by name, each with how many of its alerts have not cleared. */
export async function selectRules(
  tx: Tx,
  filter: { id?: string; after?: { name: string; id: string }; limit: number },
): Promise<AlertRule[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`r.id = ${filter.id}`);
  if (filter.after) conditions.push(sql`(r.name, r.id) > (${filter.after.name}, ${filter.after.id}::uuid)`);
  const { rows } = await sql<RuleRow>`
    select r.id, r.name, r.words, r.kind, r.condition, r.severity, r.for_seconds, r.clear_after_seconds,
      r.escalate_after_minutes, r.site_id, r.group_id, r.enabled,
      (select count(*) from alerts a where a.rule_id = r.id and a.cleared_at is null) as alerts
    from alert_rules r where ${sql.join(conditions, sql` and `)}
    order by r.name, r.id limit ${filter.limit}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    builtIn: row.words,
    kind: row.kind,
    condition: row.condition,
    severity: row.severity,
    forSeconds: row.for_seconds,
    clearAfterSeconds: row.clear_after_seconds,
    escalateAfterMinutes: row.escalate_after_minutes,
    site: row.site_id,
    group: row.group_id,
    enabled: row.enabled,
    alerts: row.alerts,
  }));
}

export interface RuleToWrite extends AlertRuleSettings {
  id: string;
  organisation: OrganisationId;
  name: string;
  kind: AlertRuleKind;
  condition: Record<string, Json>;
  builtIn?: { name: string; title: Localized; help: Localized } | undefined;
  /** People have set it so; a built-in rule is not brought back to its declaration any more. */
  edited: boolean;
}

/** The name that facts are found by: the property, the event, or what falls silent. */
const affordanceOf = ({ kind, condition }: RuleToWrite): string =>
  String(kind === 'absence' ? condition.of : (condition.property ?? condition.event));

/**
 * Writes a rule, new or changed, and derives how it stands. Facts are held back meanwhile, so that none falls between
 * what is known now and what is taken from the log after.
 */
export async function writeRule(tx: Tx, rule: RuleToWrite): Promise<void> {
  await holdProjections(tx, rule.organisation);
  const words = rule.builtIn ? { title: rule.builtIn.title, help: rule.builtIn.help } : null;
  await sql`
    insert into alert_rules (id, org_id, built_in, words, name, kind, condition, model, affordance, severity, for_seconds,
      clear_after_seconds, escalate_after_minutes, site_id, group_id, enabled, edited, from_log)
    values (${rule.id}, ${rule.organisation}, ${rule.builtIn?.name ?? null}, ${words && JSON.stringify(words)}::jsonb,
      ${rule.name}, ${rule.kind}, ${JSON.stringify(rule.condition)}::jsonb, ${(rule.condition.model as string) ?? null},
      ${affordanceOf(rule)}, ${rule.severity}, ${rule.forSeconds}, ${rule.clearAfterSeconds}, ${rule.escalateAfterMinutes},
      ${rule.site}, ${rule.group}, ${rule.enabled}, ${rule.edited},
      coalesce((select max(id) from log where org_id = ${rule.organisation}), 0))
    on conflict (id) do update set words = coalesce(excluded.words, alert_rules.words), name = excluded.name,
      condition = excluded.condition, model = excluded.model, affordance = excluded.affordance,
      severity = excluded.severity, for_seconds = excluded.for_seconds,
      clear_after_seconds = excluded.clear_after_seconds, escalate_after_minutes = excluded.escalate_after_minutes,
      site_id = excluded.site_id, group_id = excluded.group_id, enabled = excluded.enabled, edited = excluded.edited,
      from_log = excluded.from_log`.execute(tx);
  await sql`delete from alert_conditions where rule_id = ${rule.id}`.execute(tx);
  if (rule.enabled) await deriveStandings(tx, rule);
}

/** How the rule stands with what is known now: the last value of its property, on every thing of its model. */
async function deriveStandings(tx: Tx, rule: RuleToWrite): Promise<void> {
  if (rule.kind !== 'threshold' && rule.kind !== 'state') return;
  const condition = conditionOf(rule.kind, rule.condition);
  const { rows } = await sql<{ thing_id: string; value: Json; at: Date; log_id: number }>`
    select s.thing_id, s.value, s.at, s.log_id from thing_state s join things t on t.id = s.thing_id
    where t.model = ${rule.condition.model as string} and s.name = ${affordanceOf(rule)}`.execute(tx);
  if (rows.length === 0) return;
  const standings = rows.map((row) =>
    foldCondition(condition, undefined, { id: row.log_id, data: row.value, at: row.at.getTime() }),
  );
  await sql`
    insert into alert_conditions (org_id, rule_id, subject_kind, subject_id, holds, since, value, log_id)
    select ${rule.organisation}::uuid, ${rule.id}::uuid, 'thing', * from unnest(
      ${rows.map((row) => row.thing_id)}::uuid[],
      ${standings.map(({ holds }) => holds)}::boolean[],
      ${standings.map(({ since }) => new Date(since).toISOString())}::timestamptz[],
      ${standings.map(({ value }) => JSON.stringify(value))}::jsonb[],
      ${standings.map(({ logId }) => logId)}::bigint[]
    )`.execute(tx);
}
