import { type CasinoAlert, CasinoAlertSeverity, casinoAlertRoutes as routes } from '@vakhta/api';
import type { Selectable } from 'kysely';
import type { Api } from '../../../core/access/api.ts';
import type { CasinoAlerts } from '../../../platform/postgres/schema.ts';
import { listMachines } from '../hall/machine.ts';
import { iso } from '../reports/tables/table.ts';
import type { ActDeps } from './acts.ts';
import { inHall } from './in-hall.ts';

const CLEARED_SHOWN = 200;
const worstFirst = (severity: string): number =>
  CasinoAlertSeverity.options.indexOf(CasinoAlertSeverity.parse(severity));

/** The hall's alerts: what is open, and what has been. */
export function casinoAlertRoutes(api: Api, deps: ActDeps): void {
  api.implement(routes.listCasinoAlerts, ({ principal, params, query: { clearedSince } }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const machines = new Set((await listMachines(hall)).map(({ id }) => id));
      const agents = await hall.tx.selectFrom('agents').select(['id', 'name']).execute();
      const agentNames = new Map(agents.map(({ id, name }) => [id, name]));
      const shown = (row: Selectable<CasinoAlerts>): CasinoAlert => ({
        code: row.code,
        subject: row.subject,
        name: agentNames.get(row.subject) ?? row.subject,
        isMachine: machines.has(row.subject),
        severity: CasinoAlertSeverity.parse(row.severity),
        openedAt: row.opened_at.toISOString(),
        clearedAt: iso(row.cleared_at),
        count: row.count,
        acknowledgedAt: iso(row.acknowledged_at),
        acknowledgedBy: row.acknowledged_by,
        note: row.note,
      });
      const alerts = hall.tx.selectFrom('casino_alerts').selectAll().where('hall_id', '=', hall.hall);
      const open = await alerts.where('cleared_at', 'is', null).orderBy('opened_at', 'desc').execute();
      const cleared = clearedSince
        ? await alerts
            .where('cleared_at', '>=', new Date(clearedSince))
            .orderBy('cleared_at', 'desc')
            .limit(CLEARED_SHOWN)
            .execute()
        : [];
      return {
        open: open.map(shown).sort((a, b) => worstFirst(a.severity) - worstFirst(b.severity)),
        cleared: cleared.map(shown),
      };
    }),
  );
}
