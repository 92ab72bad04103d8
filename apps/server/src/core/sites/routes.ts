import { siteRoutes as routes, type Site } from '@vakhta/api';
import { type Clock, newId, type Random } from '@vakhta/kernel';
import { afterName, pageByName } from '../../platform/http/cursor.ts';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { auditedChange } from '../audit/audited-change.ts';
import type { LiveHub } from '../live/hub.ts';
import { selectSites } from './site-store.ts';

export interface SiteRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: Pick<LiveHub, 'publish'>;
}

export function siteRoutes(api: Api, { database, clock, random, hub }: SiteRouteDeps): void {
  const change = auditedChange({ database, hub }, 'site');

  const requireSite = async (tx: Tx, id: string): Promise<Site> => {
    const [site] = await selectSites(tx, { id, limit: 1 });
    if (!site) throw notFound('site');
    return site;
  };

  api.implement(routes.listSites, ({ principal, query: { limit, cursor } }) =>
    database.tenant(principal.organisation, async (tx) =>
      pageByName(await selectSites(tx, { limit: limit + 1, ...afterName(cursor) }), limit),
    ),
  );

  api.implement(routes.createSite, ({ principal, body }) => {
    const id = newId({ clock, random });
    return change(principal, 'site.created', id, async (tx) => {
      await tx
        .insertInto('sites')
        .values({ id, org_id: principal.organisation, name: body.name, time_zone: body.timeZone })
        .execute();
      return { answer: await requireSite(tx, id), detail: body };
    });
  });

  api.implement(routes.changeSite, ({ principal, params, body }) =>
    change(principal, 'site.changed', params.site, async (tx) => {
      await requireSite(tx, params.site);
      if (body.name !== undefined || body.timeZone !== undefined)
        await tx
          .updateTable('sites')
          .set({
            ...(body.name !== undefined && { name: body.name }),
            ...(body.timeZone !== undefined && { time_zone: body.timeZone }),
          })
          .where('id', '=', params.site)
          .execute();
      return { answer: await requireSite(tx, params.site), detail: { ...body } };
    }),
  );

  api.implement(routes.removeSite, ({ principal, params }) =>
    change(principal, 'site.removed', params.site, async (tx) => {
      const { name } = await requireSite(tx, params.site);
      // A site that holds agents or things is refused by their foreign keys, as 'in_use'.
      await tx.deleteFrom('sites').where('id', '=', params.site).execute();
      return { answer: undefined, detail: { name } };
    }),
  );
}
