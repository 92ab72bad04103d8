import { type CasinoMachineDetail, CasinoMirror, casinoFloorRoutes as routes } from '@vakhta/api';
import { type Json, minutes } from '@vakhta/kernel';
import type { Api } from '../../../core/access/api.ts';
import type { Principal } from '../../../core/access/principal.ts';
import { recordAudit } from '../../../core/audit/audit.ts';
import { HttpProblem, notFound } from '../../../platform/http/http-problem.ts';
import { uncountedStackers } from '../drop/stackers.ts';
import { Fact, type FactInput, Policy } from '../facts/fact.ts';
import { openHall, recordFact } from '../facts/journal.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { type HallRef, readSettings } from '../hall/hall.ts';
import { basesOf, findMachine, listMachines } from '../hall/machine.ts';
import * as floor from '../reports/floor.ts';
import { floorNow } from '../reports/floor-now.ts';
import { decidedDeltas, inbox } from '../reports/inbox.ts';
import * as play from '../reports/play.ts';
import { iso } from '../reports/tables/table.ts';
import type { ActDeps } from './acts.ts';
import { inHall } from './in-hall.ts';

const EVENTS_SHOWN = 50;
const MIRROR_TOLD_WITHIN = minutes(1);

export function casinoFloorRoutes(api: Api, deps: ActDeps): void {
  const { database, clock } = deps;

  api.implement(routes.listHalls, ({ principal: { organisation } }) =>
    database.tenant(organisation, async (tx) => {
      const halls = await tx
        .selectFrom('casino_settings as s')
        .innerJoin('sites', 'sites.id', 's.hall_id')
        .select(['s.hall_id', 'sites.name'])
        .orderBy('sites.name')
        .execute();
      const items = [];
      for (const { hall_id, name } of halls) {
        const settings = await readSettings({ tx, organisation, hall: hall_id });
        const { policy: _, ...shown } = settings;
        items.push({ id: hall_id, name, ...shown, gameDay: gameDayOf(clock.now(), settings) });
      }
      return { items };
    }),
  );

  /** Changes how the hall is set up, audited. */
  const setUp = async (ref: HallRef, principal: Principal, fact: FactInput): Promise<void> => {
    await recordFact(ref, fact, { now: new Date(clock.now()) });
    await recordAudit(ref.tx, {
      organisation: principal.organisation,
      actor: { kind: 'member', id: principal.member },
      action: 'casino.set_up',
      subject: { kind: 'hall', id: ref.hall },
      detail: fact as unknown as Json,
    });
  };

  api.implement(routes.setHall, ({ principal, params, body }) =>
    database.tenant(principal.organisation, async (tx) => {
      const site = await tx.selectFrom('sites').select('id').where('id', '=', params.hall).executeTakeFirst();
      if (!site) throw notFound('site');
      const policy = Policy.safeParse(body.policy);
      if (!policy.success) throw invalid('policy', policy.error.issues[0]!);
      const ref = { tx, organisation: principal.organisation, hall: params.hall };
      if (await wouldChangeMoney(ref, body))
        throw new HttpProblem('conflict', 'refused: currency_fixed', {
          field: 'currency',
          rule: 'currency_fixed',
        });
      await openHall(ref, new Date(clock.now()));
      await setUp(ref, principal, { kind: 'hall.set', ...body, policy: policy.data });
      return undefined;
    }),
  );

  api.implement(routes.readHallRules, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async ({ settings }) => settings),
  );

  api.implement(routes.readMirror, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async ({ tx, hall, now }) => {
      const row = await tx
        .selectFrom('casino_mirrors')
        .selectAll()
        .where('hall_id', '=', hall)
        // Nobody mirrors any more where nothing was told for so long.
        .where('told_at', '>', new Date(now.getTime() - MIRROR_TOLD_WITHIN))
        .executeTakeFirst();
      return {
        mirror: row
          ? CasinoMirror.parse({
              state: row.state,
              rowsBehind: row.rows_behind,
              behindSince: iso(row.behind_since),
              error: row.error,
              toldAt: row.told_at.toISOString(),
            })
          : null,
      };
    }),
  );

  api.implement(routes.addMachine, ({ principal, params, body: { thing, ...machine } }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const known = await hall.tx
        .selectFrom('things')
        .select('agent_id')
        .where('id', '=', thing)
        .where('site_id', '=', hall.hall)
        .executeTakeFirst();
      if (!known) throw notFound('thing in this hall');
      if (await findMachine(hall, machine.machine))
        throw new HttpProblem('already_used', 'a machine of that name is on the floor', { field: 'machine' });
      const fact = Fact.parse({ kind: 'machine.added', agent: known.agent_id, ...machine });
      await setUp(hall, principal, fact);
      await setUp(hall, principal, { kind: 'thing.placed', thing, machine: machine.machine });
      return undefined;
    }),
  );

  api.implement(routes.addDesk, ({ principal, params, body }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const known = await hall.tx
        .selectFrom('casino_desks')
        .select('desk')
        .where('hall_id', '=', hall.hall)
        .where('desk', '=', body.desk)
        .executeTakeFirst();
      if (known) throw new HttpProblem('already_used', 'there is a desk of that name', { field: 'desk' });
      await setUp(hall, principal, { kind: 'desk.added', ...body });
      return undefined;
    }),
  );

  api.implement(routes.readFloor, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({ items: await floorNow(hall) })),
  );

  api.implement(routes.readMachine, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall): Promise<CasinoMachineDetail> => {
      const machine = await findMachine(hall, params.machine);
      if (!machine) throw notFound('machine');
      const [now] = (await floorNow(hall)).filter((one) => one.machine === machine.id);
      const meters = basesOf(machine);
      const { differenceCredits } = await play.balanceIdentity(hall, { machines: [machine.id] });
      return {
        ...now!,
        previousSerials: machine.previousSerials,
        meters,
        lifetime: await play.lifetime(hall, machine.id, Object.keys(meters)),
        identityDifferenceCredits: differenceCredits,
        epochs: (await floor.epochs(hall, machine.id)).map((epoch) => ({
          epoch: epoch.epoch,
          openedAt: epoch.openedAt.toISOString(),
          closedAt: epoch.closedAt?.toISOString() ?? null,
          closedBy: epoch.closedBy,
          gap: epoch.gap,
        })),
        events: (await floor.eventLog(hall, machine.id, EVENTS_SHOWN)).map(({ at, code }) => ({
          at: at.toISOString(),
          code,
        })),
        stackersToCount: (await uncountedStackers(hall, machine.id)).map((at) => at.toISOString()),
      };
    }),
  );

  api.implement(routes.readInbox, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({
      items: await inbox(hall),
      decided: await decidedDeltas(hall),
    })),
  );
}

/** Amounts that were booked are in the hall's smallest unit: they would mean something else in another currency. */
async function wouldChangeMoney(
  ref: HallRef,
  { currency, minorDigits }: { currency: string; minorDigits: number },
): Promise<boolean> {
  if ((await listMachines(ref)).length === 0) return false;
  const now = await readSettings(ref);
  return now.currency !== currency || now.minorDigits !== minorDigits;
}

const invalid = (
  field: string,
  issue: { path: PropertyKey[]; message: string; code?: string },
): HttpProblem =>
  new HttpProblem('invalid_field', issue.message, {
    field: [field, ...issue.path].join('.'),
    rule: issue.code ?? 'invalid',
  });
