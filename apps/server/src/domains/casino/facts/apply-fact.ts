import { noteClock, noteLink, noteOrder, noteRestart } from '../agents/agents.ts';
import { acknowledgeAlert } from '../alerts/acknowledge.ts';
import { takeException } from '../alerts/exceptions.ts';
import { noteMirror } from '../alerts/mirror-alert.ts';
import { closeShift, countShift, creditVault, fillDrawer, openShift } from '../cash-desk/shifts.ts';
import { countStacker, removeStacker } from '../drop/stackers.ts';
import { closeDay } from '../game-days/close-day.ts';
import type { Hall } from '../hall/hall.ts';
import { announceClear, changeConfiguration, checkIdentity, enrolMachine } from '../hall/machine-changes.ts';
import { addAgent, addDesk, addMachine, addPlayer, addPool, placeThing, setHall } from '../hall/set-up.ts';
import { describeHandpay, payHandpay } from '../handpays/handpays.ts';
import { setAside } from '../log/set-aside.ts';
import { resolveHeld } from '../meters/held.ts';
import { typeReading } from '../meters/manual-reading.ts';
import { applyReading } from '../meters/readings.ts';
import { undoHeld } from '../meters/undo-held.ts';
import { bind, unbind } from '../sessions/sessions.ts';
import { correctTransfer, decideTransfer, refundTransfer } from '../transfers/decide.ts';
import { hearOfTransfer } from '../transfers/evidence.ts';
import { approveTransfer, requestTransfer } from '../transfers/request.ts';
import type { Answer, FactKind, FactOf } from './fact.ts';

type Applied = Answer | undefined;

/** Derives from a fact all that follows from it. `at`: when it was so; acts of people have an answer. */
const appliers: {
  [Kind in FactKind]: (
    hall: Hall,
    fact: FactOf<Kind>,
    at: Date,
  ) => Promise<Answer | undefined> | Promise<void>;
} = {
  'hall.set': setHall,
  'agent.added': (hall, { agent }) => addAgent(hall, agent),
  'machine.added': addMachine,
  'thing.placed': placeThing,
  'player.added': addPlayer,
  'desk.added': addDesk,
  'pool.added': addPool,
  reading: (hall, { machine, meters }, at) => applyReading(hall, machine, { at, values: meters }),
  exception: takeException,
  identity: checkIdentity,
  config: changeConfiguration,
  handpayInfo: describeHandpay,
  'transfer.machine': hearOfTransfer,
  // It waits in the inbox; nothing follows from it.
  notUnderstood: async () => undefined,
  link: noteLink,
  mirror: noteMirror,
  'agent.restart': noteRestart,
  clock: noteClock,
  'order.judged': noteOrder,
  'alert.acknowledge': acknowledgeAlert,
  'notUnderstood.setAside': setAside,
  'clear.announce': announceClear,
  'reading.manual': typeReading,
  'held.resolve': resolveHeld,
  'held.undo': undoHeld,
  enrol: enrolMachine,
  'gameDay.close': closeDay,
  bind,
  unbind,
  'shift.open': openShift,
  'shift.count': countShift,
  'shift.close': closeShift,
  'vault.fill': fillDrawer,
  'vault.credit': creditVault,
  'transfer.request': requestTransfer,
  'transfer.approve': approveTransfer,
  'transfer.refund': refundTransfer,
  'transfer.decide': decideTransfer,
  'transfer.correct': correctTransfer,
  'handpay.pay': payHandpay,
  'stacker.removed': removeStacker,
  'stacker.counted': countStacker,
};

export async function applyFact<Kind extends FactKind>(
  hall: Hall,
  fact: FactOf<Kind>,
  at: Date,
): Promise<Applied> {
  const apply = appliers[fact.kind as Kind];
  return (await apply(hall, fact, at)) ?? undefined;
}
