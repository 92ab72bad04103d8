import { type CasinoAnswer, casinoActRoutes as routes } from '@vakhta/api';
import type { Clock, Json, Random } from '@vakhta/kernel';
import type { Api } from '../../../core/access/api.ts';
import type { Principal } from '../../../core/access/principal.ts';
import { recordAudit } from '../../../core/audit/audit.ts';
import type { AgentLink } from '../../../core/link/agent-link.ts';
import { announceCommands } from '../../../core/live/announce.ts';
import type { LiveHub } from '../../../core/live/hub.ts';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import { type Answer, done, type FactInput, refused } from '../facts/fact.ts';
import { recordFact } from '../facts/journal.ts';
import { isExcluded } from '../guests/cards.ts';
import type { HallRef } from '../hall/hall.ts';
import { isHandpayOwed } from '../handpays/handpays.ts';
import { findTransfer } from '../transfers/transfer.ts';
import { askForApproval, digestOf, takeApproval } from './approvals.ts';
import { inHall } from './in-hall.ts';
import { orderMachine } from './order-machine.ts';
import { orderTransfer } from './order-transfer.ts';

export interface ActDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: LiveHub;
  link: Pick<AgentLink, 'deliver'>;
}

/** An act without who does it: what the second person approves. */
type Act = { kind: FactInput['kind'] } & Record<string, Json | undefined>;

export function casinoActRoutes(api: Api, deps: ActDeps): void {
  /**
   * Does it in the caller's name, audited whether it is refused or not. Where a second person is needed, an approval
   * given for this very act is used; without one it is refused, and waits to be approved.
   */
  const perform = async (
    principal: Principal,
    hall: string,
    act: Act,
    by: 'by' | 'cashier' | 'nobody' = 'by',
  ): Promise<CasinoAnswer> => {
    const { answer, ordered } = await inHall(deps, principal, hall, async (ref) => {
      const wasKnown =
        act.kind === 'transfer.request' && (await findTransfer(ref, String(act.key))) !== undefined;
      const approvedBy = await takeApproval(ref, deps, principal, digestOf(act));
      const fact = {
        ...act,
        ...(by !== 'nobody' && { [by]: principal.member }),
        ...(approvedBy !== undefined && { approvedBy }),
      } as unknown as FactInput;
      const now = new Date(deps.clock.now());
      const given: Answer = (await refusedByCard(ref, act)) ?? (await recordFact(ref, fact, { now })) ?? done;
      if (given.status === 'refused' && given.code === 'approval_required')
        await askForApproval(ref, deps, principal, act);
      await recordAudit(ref.tx, {
        organisation: principal.organisation,
        actor: { kind: 'member', id: principal.member },
        action: given.status === 'refused' ? 'casino.act_refused' : 'casino.act_done',
        subject: { kind: 'hall', id: hall },
        detail: {
          act: stripped(act),
          status: given.status,
          ...(given.code && { code: given.code }),
          ...(approvedBy !== undefined && { approvedBy }),
        },
      });
      // A key that is sent again finds its transfer sent already, and orders nothing.
      const sends = act.kind === 'transfer.request' || act.kind === 'transfer.approve';
      const isNew = sends && !wasKnown && (given.status === 'accepted' || given.status === 'done');
      return {
        answer: given,
        ordered: isNew ? await orderTransfer(ref, principal, String(act.key), deps) : undefined,
      };
    });
    if (ordered) {
      announceCommands(deps.hub, principal.organisation, ordered.changes);
      deps.link.deliver(ordered.commands.map(({ agent }) => agent));
    }
    const { status } = answer;
    if (status === 'refused')
      throw new HttpProblem('conflict', `refused: ${answer.code}`, { rule: answer.code ?? 'refused' });
    return { ...answer, status };
  };

  api.implement(routes.seatGuest, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'bind', machine: params.machine, ...body }, 'nobody'),
  );
  api.implement(routes.unseatGuest, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'unbind', machine: params.machine }, 'nobody'),
  );
  api.implement(routes.acknowledgeCasinoAlert, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'alert.acknowledge', ...body }),
  );
  api.implement(routes.setMessageAside, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'notUnderstood.setAside', message: params.message }),
  );
  api.implement(routes.announceClear, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'clear.announce', machine: params.machine }),
  );
  api.implement(routes.typeReading, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'reading.manual', machine: params.machine, ...body }),
  );
  api.implement(routes.enrolMachine, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'enrol', machine: params.machine, ...body }),
  );
  api.implement(routes.resolveHeldDelta, ({ principal, params: { hall, machine, code }, body }) =>
    perform(principal, hall, { kind: 'held.resolve', machine, code, ...body }),
  );
  api.implement(routes.undoHeldDelta, ({ principal, params: { hall, machine, code }, body }) =>
    perform(principal, hall, { kind: 'held.undo', machine, code, ...body }),
  );
  api.implement(routes.payHandpay, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'handpay.pay', machine: params.machine, ...body }),
  );
  api.implement(routes.orderMachine, async ({ principal, params: { hall, machine }, body: { order } }) => {
    const ordered = await inHall(deps, principal, hall, async (ref) => {
      if (order === 'resetHandpay' && (await isHandpayOwed(ref, machine)))
        throw new HttpProblem('conflict', 'refused: not_paid', { rule: 'not_paid' });
      const input: Record<string, Json> = order === 'resetHandpay' ? { payer: 'attendant' } : {};
      return orderMachine(ref, principal, { machine, action: order, input }, deps);
    });
    announceCommands(deps.hub, principal.organisation, ordered.changes);
    deps.link.deliver(ordered.commands.map(({ agent }) => agent));
    return { command: ordered.commands[0]!.id };
  });
  api.implement(routes.removeStacker, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'stacker.removed', machine: params.machine }, 'nobody'),
  );
  api.implement(routes.countStacker, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'stacker.counted', machine: params.machine, ...body }),
  );
  api.implement(routes.openShift, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'shift.open', desk: params.desk, ...body }, 'cashier'),
  );
  api.implement(routes.countShift, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'shift.count', desk: params.desk, ...body }),
  );
  api.implement(routes.closeShift, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'shift.close', desk: params.desk, ...body }),
  );
  api.implement(routes.fillDrawer, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'vault.fill', desk: params.desk, ...body }),
  );
  api.implement(routes.creditVault, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'vault.credit', desk: params.desk, ...body }),
  );
  api.implement(routes.requestTransfer, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'transfer.request', key: params.key, ...body }),
  );
  api.implement(routes.approveTransfer, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'transfer.approve', key: params.key }),
  );
  api.implement(routes.refundTransfer, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'transfer.refund', key: params.key }),
  );
  api.implement(routes.decideTransfer, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'transfer.decide', key: params.key, ...body }),
  );
  api.implement(routes.correctTransfer, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'transfer.correct', key: params.key }),
  );
  api.implement(routes.closeGameDay, ({ principal, params }) =>
    perform(principal, params.hall, { kind: 'gameDay.close', date: params.date }),
  );
  api.implement(routes.addPlayer, ({ principal, params, body }) =>
    perform(principal, params.hall, { kind: 'player.added', ...body }, 'nobody'),
  );
}

/** Nobody whose card says that he must not play is seated, nor is a machine credited for him; he is paid what is his. */
async function refusedByCard(hall: HallRef, act: Act): Promise<Answer | undefined> {
  const letsPlay = act.kind === 'bind' || (act.kind === 'transfer.request' && act.direction === 'toMachine');
  if (!letsPlay || typeof act.player !== 'string') return undefined;
  return (await isExcluded(hall, act.player)) ? refused('guest_excluded') : undefined;
}

/** Without what was not given. */
const stripped = (act: Act): Json =>
  Object.fromEntries(Object.entries(act).filter((entry): entry is [string, Json] => entry[1] !== undefined));
