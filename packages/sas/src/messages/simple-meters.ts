import { countField, creditsField } from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { longPoll, plain } from '../codec/message.ts';

const section = '5.2';

/** A type R poll that answers one meter of credits. `md`: it may be wrapped in B0. */
const creditMeter = <const C extends string>(code: C, title: string, multiDenom = false) =>
  longPoll(code, 'R', title, {
    response: plain(layout({ credits: creditsField() })),
    confidence: '3',
    section,
    multiDenom,
  });

/** A type R poll that answers one count. */
const countMeter = <const C extends string>(code: C, title: string, multiDenom = false) =>
  longPoll(code, 'R', title, {
    response: plain(layout({ count: countField() })),
    confidence: '3',
    section,
    multiDenom,
  });

/** Facts 5.2: polls of one meter each. */
export const simpleMeters = {
  totalCancelledCredits: creditMeter('10', 'Total cancelled credits', true),
  totalCoinIn: creditMeter('11', 'Coin in', true),
  totalCoinOut: creditMeter('12', 'Coin out', true),
  totalDrop: creditMeter('13', 'Drop', true),
  totalJackpot: creditMeter('14', 'Jackpot', true),
  gamesPlayed: countMeter('15', 'Games played', true),
  gamesWon: countMeter('16', 'Games won', true),
  gamesLost: countMeter('17', 'Games lost', true),
  trueCoinIn: creditMeter('2A', 'True coin in'),
  trueCoinOut: creditMeter('2B', 'True coin out'),
  hopperLevel: creditMeter('2C', 'Hopper level'),
  bills1: countMeter('31', 'Bills of 1', true),
  bills2: countMeter('32', 'Bills of 2', true),
  bills5: countMeter('33', 'Bills of 5', true),
  bills10: countMeter('34', 'Bills of 10', true),
  bills20: countMeter('35', 'Bills of 20', true),
  bills50: countMeter('36', 'Bills of 50', true),
  bills100: countMeter('37', 'Bills of 100', true),
  bills500: countMeter('38', 'Bills of 500'),
  bills1000: countMeter('39', 'Bills of 1000'),
  bills200: countMeter('3A', 'Bills of 200'),
  bills25: countMeter('3B', 'Bills of 25'),
  bills2000: countMeter('3C', 'Bills of 2000'),
  bills2500: countMeter('3E', 'Bills of 2500'),
  bills5000: countMeter('3F', 'Bills of 5000'),
  bills10000: countMeter('40', 'Bills of 10 000'),
  bills20000: countMeter('41', 'Bills of 20 000'),
  bills25000: countMeter('42', 'Bills of 25 000'),
  bills50000: countMeter('43', 'Bills of 50 000'),
  bills100000: countMeter('44', 'Bills of 100 000'),
  bills250: countMeter('45', 'Bills of 250'),
  billCredits: creditMeter('46', 'Credit amount of all bills'),
  externalCoinCredits: creditMeter('47', 'Coin amount of the external acceptor'),
  billsInStacker: countMeter('49', 'Bills in the stacker'),
  stackerCredits: creditMeter('4A', 'Credits of the bills in the stacker'),
};
