import { thingRoutes as routes } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import { toThingDescription } from '@vakhta/things';
import { API_PREFIX } from '../../platform/http/api-server.ts';
import { afterName, cursorOf, pageByName, parseCursor } from '../../platform/http/cursor.ts';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { refuseUnkept } from '../history/retention/refuse-unkept.ts';
import { NOTHING_SAID, readStateAsOf } from '../history/state-as-of.ts';
import type { AgentLink } from '../link/agent-link.ts';
import type { LiveHub } from '../live/hub.ts';
import { readThingLog } from './thing-log.ts';
import {
  addThing,
  changeThing,
  readThing,
  removeThing,
  requireModel,
  requireThing,
  type ThingDeps,
} from './thing-service.ts';
import { selectModels, selectStates, selectThings } from './thing-store.ts';
import { viewThing } from './thing-view.ts';

export interface ThingRouteDeps extends ThingDeps {
  database: Database;
  hub: LiveHub;
  link: AgentLink;
}

export function thingRoutes(api: Api, deps: ThingRouteDeps): void {
  const { database, clock, hub, link } = deps;

  /** What follows when a thing came, changed or went: its agents are told, and so are the panels. */
  const announceChange = async (organisation: OrganisationId, agents: readonly string[]) => {
    hub.publish(organisation, { type: 'changed', what: 'things' });
    await link.assign(agents);
  };

  api.implement(routes.listModels, ({ principal }) =>
    database.tenant(principal.organisation, async (tx) => ({ items: await selectModels(tx), next: null })),
  );

  api.implement(routes.getModel, ({ principal, params }) =>
    database.tenant(principal.organisation, (tx) => requireModel(tx, params.model)),
  );

  api.implement(routes.listThings, ({ principal, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      const { cursor, limit, ...filter } = query;
      const rows = await selectThings(tx, { ...filter, limit: limit + 1, ...afterName(cursor) });
      const { items: page, next } = pageByName(rows, limit);
      const models = new Map((await selectModels(tx)).map((model) => [model.id, model]));
      const states = Map.groupBy(
        await selectStates(
          tx,
          page.map((row) => row.id),
        ),
        (state) => state.thing_id,
      );
      const now = clock.now();
      return {
        items: page.map((row) => viewThing(row, states.get(row.id) ?? [], models.get(row.model), now)),
        next,
      };
    }),
  );

  api.implement(routes.createThing, async ({ principal, body }) => {
    const thing = await database.tenant(principal.organisation, (tx) => addThing(tx, principal, body, deps));
    await announceChange(principal.organisation, [thing.agent]);
    return thing;
  });

  api.implement(routes.getThing, ({ principal, params }) =>
    database.tenant(principal.organisation, (tx) => readThing(tx, params.thing, deps)),
  );

  api.implement(routes.changeThing, async ({ principal, params, body }) => {
    const { thing, agents } = await database.tenant(principal.organisation, (tx) =>
      changeThing(tx, principal, params.thing, body, deps),
    );
    await announceChange(principal.organisation, agents);
    return thing;
  });

  api.implement(routes.removeThing, async ({ principal, params }) => {
    const agent = await database.tenant(principal.organisation, (tx) =>
      removeThing(tx, principal, params.thing),
    );
    await announceChange(principal.organisation, [agent]);
    return undefined;
  });

  api.implement(routes.getThingDescription, ({ principal, params, raw }) =>
    database.tenant(principal.organisation, async (tx) => {
      const thing = await requireThing(tx, params.thing);
      const model = await requireModel(tx, thing.model);
      return toThingDescription(model, { thing, base: `${raw.protocol}://${raw.host}${API_PREFIX}` });
    }),
  );

  api.implement(routes.getProperty, ({ principal, params }) =>
    database.tenant(principal.organisation, async (tx) => {
      const { properties } = await readThing(tx, params.thing, deps);
      const property = Object.hasOwn(properties, params.property) ? properties[params.property] : undefined;
      if (!property) throw notFound('property');
      return property.value;
    }),
  );

  api.implement(routes.getThingState, ({ principal, params, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      await requireThing(tx, params.thing);
      const at = query.at ? Date.parse(query.at) : clock.now();
      await refuseUnkept(tx, at);
      const states = await readStateAsOf(tx, at, [params.thing]);
      return { at: new Date(at).toISOString(), ...(states.get(params.thing) ?? NOTHING_SAID) };
    }),
  );

  api.implement(routes.getThingLog, ({ principal, params, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      await requireThing(tx, params.thing);
      const { cursor, limit, ...range } = query;
      const [before] = cursor ? parseCursor(cursor, 1) : [];
      const rows = await readThingLog(tx, {
        thing: params.thing,
        ...range,
        before: before === undefined ? undefined : Number(before),
        limit: limit + 1,
      });
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? cursorOf(String(items.at(-1)?.id)) : null };
    }),
  );
}
