import {
  type CasinoShift,
  type CasinoTransfer,
  permissionsOf,
  Role,
  casinoCashRoutes as routes,
  TransferState,
} from '@vakhta/api';
import type { Api } from '../../../core/access/api.ts';
import type { MemberNames } from '../../../core/access/member-names.ts';
import { notFound } from '../../../platform/http/http-problem.ts';
import { latestShift } from '../cash-desk/shifts.ts';
import { accounts, balanceOf } from '../ledger/post.ts';
import { wireIdOf } from '../log/driver-events.ts';
import * as floor from '../reports/floor.ts';
import { openHandpays, pastHandpays, toHandpay } from '../reports/handpays.ts';
import { iso } from '../reports/tables/table.ts';
import { findTransfer, type Transfer } from '../transfers/transfer.ts';
import type { ActDeps } from './acts.ts';
import { type HallView, inHall } from './in-hall.ts';

/** What is read at a cash desk. */
export function casinoCashRoutes(api: Api, deps: ActDeps & { memberNames: MemberNames }): void {
  api.implement(routes.listCasinoStaff, async ({ principal, params }) => {
    const members = await inHall(deps, principal, params.hall, ({ tx }) =>
      tx.selectFrom('members').select(['id', 'roles']).execute(),
    );
    const staff = members.filter(({ roles }) => permissionsOf(Role.array().parse(roles)).has('casino.view'));
    const names = await deps.memberNames(
      principal.organisation,
      staff.map(({ id }) => id),
    );
    const items = [...names].map(([member, name]) => ({ member, name }));
    return { items: items.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  });

  api.implement(routes.listDesks, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const desks = await hall.tx
        .selectFrom('casino_desks')
        .select('desk')
        .where('hall_id', '=', hall.hall)
        .orderBy('desk')
        .execute();
      // Whoever is going to count is not told what should be there.
      const mayKnow = principal.permissions.has('casino.approve');
      const items = [];
      for (const { desk } of desks) {
        const shift = await shiftOf(hall, desk);
        const isBlind = shift?.state === 'open' && !mayKnow;
        items.push({
          desk,
          drawerMinor: isBlind ? null : await balanceOf(hall, accounts.drawer(desk)),
          shift,
        });
      }
      return { items };
    }),
  );

  api.implement(routes.listTransfers, ({ principal, params, query }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      let rows = hall.tx
        .selectFrom('casino_transfers')
        .selectAll()
        .where('hall_id', '=', hall.hall)
        .orderBy('id', 'desc')
        .limit(query.limit);
      if (query.desk !== undefined) rows = rows.where('desk', '=', query.desk);
      if (query.machine !== undefined) rows = rows.where('machine', '=', query.machine);
      return { items: (await rows.execute()).map((row) => toTransfer(hall, row)) };
    }),
  );

  api.implement(routes.readTransfer, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const transfer = await findTransfer(hall, params.key);
      if (!transfer) throw notFound('transfer');
      const steps = await hall.tx
        .selectFrom('casino_transfer_steps')
        .select(['at', 'state', 'cause'])
        .where('hall_id', '=', hall.hall)
        .where('transfer_id', '=', transfer.id)
        .orderBy('id')
        .execute();
      return {
        ...toTransfer(hall, transfer),
        steps: steps.map(({ at, state, cause }) => ({
          at: at.toISOString(),
          state: TransferState.parse(state),
          cause,
        })),
      };
    }),
  );

  api.implement(routes.listHandpays, ({ principal, params, query }) =>
    inHall(deps, principal, params.hall, async (hall) => ({
      items: [...(await openHandpays(hall)), ...(await pastHandpays(hall, query.limit))].map(toHandpay),
    })),
  );
}

async function shiftOf(hall: HallView, desk: string): Promise<CasinoShift | null> {
  const [row, judged] = [await latestShift(hall, desk), await floor.shift(hall, desk)];
  if (!row || !judged) return null;
  return {
    ...judged,
    state: judged.state as CasinoShift['state'],
    classification: judged.classification as CasinoShift['classification'],
    openedAt: row.opened_at.toISOString(),
    closedAt: iso(row.closed_at),
  };
}

const toTransfer = (hall: HallView, row: Transfer): CasinoTransfer => ({
  key: row.key,
  wireId: wireIdOf(hall.hall, row.id),
  state: TransferState.parse(row.state),
  credit: row.kind as CasinoTransfer['credit'],
  direction: row.direction as CasinoTransfer['direction'],
  desk: row.desk,
  machine: row.machine,
  player: row.player,
  requestedMinor: row.amount_minor,
  appliedMinor: row.applied_minor,
  returnedMinor: row.returned_minor,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at.toISOString(),
  finalAt: iso(row.final_at),
  gameDay: row.requested_day,
});
