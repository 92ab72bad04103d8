import type { Json } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Logged } from '../ingest/logged.ts';
import type { Projection } from '../ingest/projection.ts';
import { type Condition, foldCondition, type Standing } from './condition.ts';

interface RuleRow {
  id: string;
  kind: Condition['kind'];
  model: string | null;
  affordance: string;
  condition: Record<string, Json>;
  from_log: number;
}

const kindsOfRule: Readonly<Record<string, readonly Condition['kind'][]>> = {
  property: ['threshold', 'state'],
  event: ['event'],
  agent: ['agentEvent'],
};

export const conditionOf = (kind: Condition['kind'], condition: Record<string, Json>): Condition =>
  // Checked against its kind's schema when the rule was made.
  ({ kind, ...condition }) as Condition;

/** How each rule's condition stands with each thing and agent, kept up with the log. */
export const alertConditions: Projection = {
  name: 'alert-conditions',
  tables: ['alert_conditions'],
  takes: ['property', 'event', 'agent'],
  restores: {
    // A rule that was made or changed since begins anew, with what each property was last.
    which: (through) => sql`
      exists (select from alert_rules rule
              where rule.id = kept.rule_id and rule.enabled and rule.from_log <= ${through}::bigint)
      and (kept.subject_kind <> 'thing' or exists (select from things where things.id = kept.subject_id))
      and (kept.subject_kind <> 'agent' or exists (select from agents where agents.id = kept.subject_id))`,
    needsRest: true,
  },
  async apply(tx, batch) {
    const rules = await rulesFor(tx, batch);
    if (rules.length === 0) return;
    const pairs = await pairsOf(tx, rules, batch);
    if (pairs.length === 0) return;
    const standings = await standingsOf(tx, pairs);
    for (const { rule, entry, key } of pairs) {
      const before = standings.get(key);
      const condition = conditionOf(rule.kind, rule.condition);
      // Of the time before the rule, only what a property was last is known.
      if (entry.id > rule.from_log) standings.set(key, foldCondition(condition, before, entry));
      else if (entry.kind === 'property') standings.set(key, foldCondition(condition, undefined, entry));
    }
    await writeStandings(tx, pairs, standings);
  },
};

async function rulesFor(tx: Tx, batch: readonly Logged[]): Promise<RuleRow[]> {
  const names = new Set(batch.filter(({ kind }) => Object.hasOwn(kindsOfRule, kind)).map(({ name }) => name));
  const { rows } = await sql<RuleRow>`
    select id, kind, model, affordance, condition, from_log from alert_rules
    where enabled and kind <> 'absence' and affordance = any(${[...names]}::text[])`.execute(tx);
  return rows;
}

interface Pair {
  rule: RuleRow;
  entry: Logged;
  subject: { kind: 'thing' | 'agent'; id: string };
  key: string;
}

/** Which fact concerns which rule, in the order of the log. */
async function pairsOf(tx: Tx, rules: readonly RuleRow[], batch: readonly Logged[]): Promise<Pair[]> {
  const byName = Map.groupBy(rules, (rule) => rule.affordance);
  const candidates = batch.flatMap((entry) =>
    (byName.get(entry.name) ?? [])
      .filter((rule) => kindsOfRule[entry.kind]?.includes(rule.kind))
      .map((rule) => ({ rule, entry })),
  );
  const things = new Set(candidates.flatMap(({ entry }) => entry.thing ?? []));
  const { rows } = await sql<{ id: string; model: string }>`
    select id, model from things where id = any(${[...things]}::uuid[])`.execute(tx);
  const modelOf = new Map(rows.map(({ id, model }) => [id, model]));
  return candidates.flatMap(({ rule, entry }): Pair[] => {
    const subject = subjectOf(rule, entry, modelOf);
    return subject ? [{ rule, entry, subject, key: `${rule.id} ${subject.id}` }] : [];
  });
}

function subjectOf(
  rule: RuleRow,
  entry: Logged,
  modelOf: ReadonlyMap<string, string>,
): Pair['subject'] | undefined {
  const model = entry.thing === null ? undefined : modelOf.get(entry.thing);
  if (rule.kind === 'agentEvent' && entry.thing === null) return { kind: 'agent', id: entry.agent };
  // A thing that is gone raises nothing.
  if (entry.thing === null || model === undefined) return undefined;
  return rule.kind === 'agentEvent' || model === rule.model ? { kind: 'thing', id: entry.thing } : undefined;
}

async function standingsOf(tx: Tx, pairs: readonly Pair[]): Promise<Map<string, Standing>> {
  const { rows } = await sql<{
    rule_id: string;
    subject_id: string;
    holds: boolean;
    since: Date;
    value: Json;
    log_id: number;
    recent: number[];
  }>`
    select rule_id, subject_id, holds, since, value, log_id, recent from alert_conditions
    where rule_id = any(${[...new Set(pairs.map(({ rule }) => rule.id))]}::uuid[])
      and subject_id = any(${[...new Set(pairs.map(({ subject }) => subject.id))]}::uuid[])`.execute(tx);
  return new Map(
    rows.map(({ rule_id, subject_id, holds, since, value, log_id, recent }) => [
      `${rule_id} ${subject_id}`,
      { holds, since: since.getTime(), value, logId: log_id, recent },
    ]),
  );
}

async function writeStandings(
  tx: Tx,
  pairs: readonly Pair[],
  standings: ReadonlyMap<string, Standing>,
): Promise<void> {
  const touched = [...new Map(pairs.map((pair) => [pair.key, pair])).values()].flatMap((pair) => {
    const standing = standings.get(pair.key);
    return standing ? [{ ...pair, standing }] : [];
  });
  if (touched.length === 0) return;
  // Rows are locked in one order by everyone, so that two batches can not wait for each other.
  touched.sort((a, b) => (a.key < b.key ? -1 : 1));
  await sql`
    insert into alert_conditions (org_id, rule_id, subject_kind, subject_id, holds, since, value, log_id, recent)
    select ${touched[0]!.entry.organisation}::uuid, * from unnest(
      ${touched.map(({ rule }) => rule.id)}::uuid[],
      ${touched.map(({ subject }) => subject.kind)}::text[],
      ${touched.map(({ subject }) => subject.id)}::uuid[],
      ${touched.map(({ standing }) => standing.holds)}::boolean[],
      ${touched.map(({ standing }) => new Date(standing.since).toISOString())}::timestamptz[],
      ${touched.map(({ standing }) => JSON.stringify(standing.value))}::jsonb[],
      ${touched.map(({ standing }) => standing.logId)}::bigint[],
      ${touched.map(({ standing }) => JSON.stringify(standing.recent))}::jsonb[]
    )
    on conflict (rule_id, subject_id) do update set holds = excluded.holds, since = excluded.since,
      value = excluded.value, log_id = excluded.log_id, recent = excluded.recent`.execute(tx);
}
