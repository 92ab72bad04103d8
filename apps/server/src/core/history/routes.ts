import { Readable } from 'node:stream';
import { historyRoutes as routes } from '@vakhta/api';
import { type Clock, days, type Instant } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { requireThing } from '../things/thing-service.ts';
import { selectThingIds } from '../things/thing-store.ts';
import { exportCsv } from './csv-export.ts';
import { readHistory } from './property-history.ts';
import { refuseUnkept } from './retention/refuse-unkept.ts';
import { NOTHING_SAID, readStateAsOf } from './state-as-of.ts';

export interface HistoryRouteDeps {
  database: Database;
  clock: Clock;
}

export function historyRoutes(api: Api, { database, clock }: HistoryRouteDeps): void {
  api.implement(routes.getStateAsOf, ({ principal, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      const at = query.at ? Date.parse(query.at) : clock.now();
      await refuseUnkept(tx, at);
      const states = await readStateAsOf(tx, at);
      // Of a thing that is gone the log still speaks; the desk does not.
      const things = await selectThingIds(tx);
      return {
        at: new Date(at).toISOString(),
        things: Object.fromEntries(things.map((id) => [id, states.get(id) ?? NOTHING_SAID])),
      };
    }),
  );

  api.implement(routes.getPropertyHistory, ({ principal, params, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      await requireThing(tx, params.thing);
      const question = { thing: params.thing, kind: 'property', name: params.property } as const;
      return readHistory(tx, { ...question, ...spanOf(query, clock), points: query.points });
    }),
  );

  api.implement(routes.getPresenceHistory, ({ principal, params, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      await requireThing(tx, params.thing);
      const question = { thing: params.thing, kind: 'presence', name: 'presence' } as const;
      return readHistory(tx, { ...question, ...spanOf(query, clock), points: query.points });
    }),
  );

  api.implement(routes.exportHistory, async ({ principal, params, query, reply }) => {
    const { organisation } = principal;
    const thing = await database.tenant(organisation, (tx) => requireThing(tx, params.thing));
    const properties = query.properties?.split(',').filter((name) => name !== '');
    const span = spanOf(query, clock);
    // The name of a thing is any text; a header's is not.
    const file = encodeURIComponent(`${thing.name} ${new Date(span.from).toISOString().slice(0, 10)}.csv`);
    void reply.header('content-disposition', `attachment; filename="history.csv"; filename*=UTF-8''${file}`);
    void reply.send(
      Readable.from(exportCsv(database, { organisation, thing: params.thing, properties, ...span })),
    );
    return undefined;
  });
}

function spanOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  clock: Clock,
): { from: Instant; to: Instant } {
  const end = to ? Date.parse(to) : clock.now();
  const span = { from: from ? Date.parse(from) : end - days(1), to: end };
  if (span.from < span.to) return span;
  throw new HttpProblem('invalid_field', 'to: must be later than from', { field: 'to', rule: 'minimum' });
}
