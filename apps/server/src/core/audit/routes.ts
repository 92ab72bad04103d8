import { type AuditEntry, auditRoutes as routes } from '@vakhta/api';
import { type RawBuilder, sql } from 'kysely';
import { cursorOf, parseCursor } from '../../platform/http/cursor.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { MemberNames } from '../access/member-names.ts';

interface AuditRow {
  id: number;
  position: number | null;
  at: Date;
  actor_kind: AuditEntry['actor']['kind'];
  actor_id: string | null;
  agent_name: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  subject_name: string | null;
  detail: AuditEntry['detail'];
}

/** Two stations may call their TVs alike. */
const placedName = sql`s.name || ', ' || t.name`;

export interface AuditRouteDeps {
  database: Database;
  memberNames: MemberNames;
}

export function auditRoutes(api: Api, { database, memberNames }: AuditRouteDeps): void {
  api.implement(routes.listAudit, async ({ principal, query }) => {
    const conditions: RawBuilder<unknown>[] = [sql`true`];
    if (query.from) conditions.push(sql`a.at >= ${query.from}`);
    if (query.to) conditions.push(sql`a.at < ${query.to}`);
    if (query.action) conditions.push(sql`starts_with(a.action, ${query.action})`);
    if (query.subject) conditions.push(sql`a.subject_id = ${query.subject}`);
    if (query.actor) conditions.push(sql`a.actor_id = ${query.actor}`);
    if (query.cursor) conditions.push(sql`a.id < ${Number(parseCursor(query.cursor, 1)[0])}`);
    const rows = await database.tenant(principal.organisation, async (tx) => {
      const result = await sql<AuditRow>`
        select a.id, s.position, a.at, a.actor_kind, a.actor_id, g.name as agent_name, a.action, a.subject_kind, a.subject_id,
          case a.subject_kind
            when 'thing' then (select ${placedName} from things t join sites s on s.id = t.site_id where t.id::text = a.subject_id)
            when 'site' then (select name from sites where id::text = a.subject_id)
            when 'group' then (select name from groups where id::text = a.subject_id)
            when 'alert' then (select subject_name from alerts where id::text = a.subject_id)
            when 'alert_rule' then (select name from alert_rules where id::text = a.subject_id)
            when 'webhook' then (select name from webhooks where id::text = a.subject_id)
            when 'maintenance' then (select name from maintenance_windows where id::text = a.subject_id)
            when 'agent' then (select name from agents where id::text = a.subject_id)
            when 'command' then (select ${placedName} from commands c join things t on t.id = c.thing_id join sites s on s.id = t.site_id where c.id::text = a.subject_id)
          end as subject_name,
          a.detail
        from audit a
        left join audit_seals s on s.audit_id = a.id
        left join agents g on a.actor_kind = 'agent' and g.id = a.actor_id
        where ${sql.join(conditions, sql` and `)} order by a.id desc limit ${query.limit + 1}`.execute(tx);
      return result.rows;
    });
    const page = rows.slice(0, query.limit);
    const people = page.flatMap((row) => [
      ...(row.actor_kind === 'member' && row.actor_id ? [row.actor_id] : []),
      ...(row.subject_kind === 'member' && row.subject_id ? [row.subject_id] : []),
    ]);
    const names = await memberNames(principal.organisation, [...new Set(people)]);
    const last = page.at(-1);
    return {
      items: page.map((row) => viewEntry(row, names)),
      next: rows.length > query.limit && last ? cursorOf(String(last.id)) : null,
    };
  });
}

function viewEntry(row: AuditRow, names: ReadonlyMap<string, string>): AuditEntry {
  const actorName = row.actor_kind === 'member' ? names.get(row.actor_id ?? '') : row.agent_name;
  const subjectName = row.subject_kind === 'member' ? names.get(row.subject_id ?? '') : row.subject_name;
  return {
    id: row.id,
    position: row.position,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: actorName ?? null },
    action: row.action,
    subject:
      row.subject_kind && row.subject_id
        ? { kind: row.subject_kind, id: row.subject_id, name: subjectName ?? null }
        : null,
    detail: row.detail,
  };
}
