import { type Alert, alertRoutes as routes } from '@vakhta/api';
import type { Clock, OrganisationId, Random } from '@vakhta/kernel';
import { sql } from 'kysely';
import { cursorOf, parseCursor } from '../../platform/http/cursor.ts';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { MemberNames } from '../access/member-names.ts';
import { recordAudit } from '../audit/audit.ts';
import type { LiveHub } from '../live/hub.ts';
import { type AlertRow, countAlerts, selectAlerts, viewAlert } from './alert-store.ts';
import { announceAlerts } from './announce-alerts.ts';

export interface AlertRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: LiveHub;
  memberNames: MemberNames;
}

export function alertRoutes(api: Api, { database, clock, hub, memberNames }: AlertRouteDeps): void {
  const view = async (organisation: OrganisationId, rows: readonly AlertRow[]): Promise<Alert[]> => {
    const people = new Set(rows.flatMap((row) => row.acknowledged_by ?? []));
    const names = await memberNames(organisation, [...people]);
    return rows.map((row) => viewAlert(row, names));
  };

  const requireAlert = async (tx: Tx, id: string): Promise<AlertRow> => {
    const [alert] = await selectAlerts(tx, { id, limit: 1 });
    if (!alert) throw notFound('alert');
    return alert;
  };

  api.implement(routes.listAlerts, async ({ principal, query }) => {
    const { limit, cursor, ...filter } = query;
    const rows = await database.tenant(principal.organisation, (tx) =>
      selectAlerts(tx, {
        ...filter,
        limit: limit + 1,
        before: cursor === undefined ? undefined : parseCursor(cursor, 1)[0],
      }),
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await view(principal.organisation, page),
      next: rows.length > limit && last ? cursorOf(last.id) : null,
    };
  });

  api.implement(routes.countAlerts, ({ principal }) => database.tenant(principal.organisation, countAlerts));

  api.implement(routes.getAlert, async ({ principal, params }) => {
    const row = await database.tenant(principal.organisation, (tx) => requireAlert(tx, params.alert));
    return (await view(principal.organisation, [row]))[0]!;
  });

  api.implement(routes.acknowledgeAlert, async ({ principal, params, body }) => {
    const row = await database.tenant(principal.organisation, async (tx) => {
      const alert = await requireAlert(tx, params.alert);
      if (alert.cleared_at) throw new HttpProblem('conflict', 'it has cleared by itself');
      await sql`
        update alerts set acknowledged_at = ${new Date(clock.now())}, acknowledged_by = ${principal.member}, note = ${body.note}
        where id = ${params.alert} and cleared_at is null`.execute(tx);
      await recordAudit(tx, {
        organisation: principal.organisation,
        actor: { kind: 'member', id: principal.member },
        action: 'alert.acknowledged',
        subject: { kind: 'alert', id: params.alert },
        detail: { note: body.note },
      });
      return requireAlert(tx, params.alert);
    });
    announceAlerts(hub, [
      {
        organisation: principal.organisation,
        alert: row.id,
        step: 'acknowledged',
        severity: row.severity,
        title: row.title,
        subject: row.subject_name,
        at: clock.now(),
      },
    ]);
    return (await view(principal.organisation, [row]))[0]!;
  });
}
