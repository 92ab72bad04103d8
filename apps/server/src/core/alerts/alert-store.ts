import type { Alert, AlertState } from '@vakhta/api';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

export interface AlertRow {
  id: string;
  rule_id: string | null;
  title: Alert['title'];
  help: Alert['help'];
  severity: Alert['severity'];
  subject_kind: 'thing' | 'agent';
  subject_id: string;
  subject_name: string;
  site_id: string | null;
  cause: Alert['cause'];
  since: Date;
  opened_at: Date;
  count: number;
  level: number;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  note: string;
  cleared_at: Date | null;
  cleared_because: Alert['clearedBecause'];
  hidden: boolean;
}

export interface AlertFilter {
  id?: string | undefined;
  state?: AlertState | undefined;
  thing?: string | undefined;
  agent?: string | undefined;
  rule?: string | undefined;
  before?: string | undefined;
  limit: number;
}

const inState: Readonly<Record<AlertState, RawBuilder<unknown>>> = {
  open: sql`a.cleared_at is null and a.acknowledged_at is null`,
  acknowledged: sql`a.cleared_at is null and a.acknowledged_at is not null`,
  cleared: sql`a.cleared_at is not null`,
};

/** Alerts, newest first; ids are in the order of time. */
export async function selectAlerts(tx: Tx, filter: AlertFilter): Promise<AlertRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`a.id = ${filter.id}`);
  if (filter.state) conditions.push(inState[filter.state]);
  if (filter.thing) conditions.push(sql`a.subject_kind = 'thing' and a.subject_id = ${filter.thing}`);
  if (filter.agent)
    conditions.push(
      sql`(a.subject_id = ${filter.agent} or a.subject_id in (select id from things where agent_id = ${filter.agent}))`,
    );
  if (filter.rule) conditions.push(sql`a.rule_id = ${filter.rule}`);
  if (filter.before) conditions.push(sql`a.id < ${filter.before}::uuid`);
  const { rows } = await sql<AlertRow>`
    select a.id, a.rule_id, a.title, a.help, a.severity, a.subject_kind, a.subject_id,
      coalesce(t.name, g.name, a.subject_name) as subject_name, a.site_id, a.cause, a.since, a.opened_at, a.count, a.level,
      a.acknowledged_at, a.acknowledged_by, a.note, a.cleared_at, a.cleared_because,
      a.cleared_at is null and of_thing.online is false as hidden
    from alerts a
    left join things t on a.subject_kind = 'thing' and t.id = a.subject_id
    left join agents of_thing on of_thing.id = t.agent_id
    left join agents g on a.subject_kind = 'agent' and g.id = a.subject_id
    where ${sql.join(conditions, sql` and `)} order by a.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}

export function viewAlert(row: AlertRow, names: ReadonlyMap<string, string>): Alert {
  return {
    id: row.id,
    rule: row.rule_id,
    title: row.title,
    help: row.help,
    severity: row.severity,
    state: row.cleared_at ? 'cleared' : row.acknowledged_at ? 'acknowledged' : 'open',
    subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name, site: row.site_id },
    cause: row.cause,
    since: row.since.toISOString(),
    openedAt: row.opened_at.toISOString(),
    count: row.count,
    level: row.level,
    acknowledged: row.acknowledged_at && {
      at: row.acknowledged_at.toISOString(),
      by: names.get(row.acknowledged_by ?? '') ?? null,
      note: row.note,
    },
    clearedAt: row.cleared_at?.toISOString() ?? null,
    clearedBecause: row.cleared_because,
    hidden: row.hidden,
  };
}

export interface AlertCounts {
  notice: number;
  warning: number;
  critical: number;
  acknowledged: number;
}

export async function countAlerts(tx: Tx): Promise<AlertCounts> {
  const { rows } = await sql<AlertCounts>`
    select count(*) filter (where acknowledged_at is null and severity = 'notice') as notice,
      count(*) filter (where acknowledged_at is null and severity = 'warning') as warning,
      count(*) filter (where acknowledged_at is null and severity = 'critical') as critical,
      count(*) filter (where acknowledged_at is not null) as acknowledged
    from alerts where cleared_at is null`.execute(tx);
  return rows[0]!;
}
