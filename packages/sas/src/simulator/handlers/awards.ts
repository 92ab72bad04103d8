import { ack, data, type Handlers, silence } from './handler.ts';

/** Handpays, progressives and bonuses (facts 8.1, 8.7, 8.8). */
export const awardHandlers: Handlers = {
  handpay: (machine) => machine.handpays.read(),
  resetHandpay(machine) {
    if (machine.handpays.count === 0) return data({ resetCode: 2 });
    return data({ resetCode: machine.handpays.keyOff() ? 0 : 1 });
  },
  handpayResetMethod(machine, { resetMethod }) {
    if (machine.handpays.count === 0) return data({ resetCode: 2 });
    machine.handpays.toCreditMeter = resetMethod === 1;
    return data({ resetCode: 0 });
  },
  progressiveLevel(machine, { progressiveGroup, level, amountCents }) {
    machine.progressives.broadcast(progressiveGroup, [{ level, amountCents }]);
    return ack;
  },
  progressiveLevels(machine, { progressiveGroup, levels }) {
    machine.progressives.broadcast(progressiveGroup, levels);
    return ack;
  },
  progressiveWin: (machine) => machine.progressives.readOne(),
  progressiveWins: (machine) => machine.progressives.readAll(),
  lastProgressiveWin: (machine) => machine.progressives.last(),
  bonusAward: (machine, { amountCredits, taxStatus }) => machine.bonuses.award(amountCredits, taxStatus),
  bonusWin: (machine) => machine.bonuses.last(),
  bonusMeters: (machine, { game }) => (game <= 1 ? data({ game, ...machine.bonuses.meters() }) : silence),
};
