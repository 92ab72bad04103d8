import { byte, centsField, creditsField, either, game, hex, list } from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { ack, counted, longPoll, plain } from '../codec/message.ts';

/** Facts 8.1: the level tells the unit of the amount; levels 1-32 are progressives, in cents. */
const isProgressive = ({ level }: Readonly<Record<string, unknown>>) =>
  Number(level) >= 1 && Number(level) <= 32;
const [inCents, inCredits] = either(
  ['at levels 1-32', 'at other levels'],
  isProgressive,
  centsField(),
  creditsField(5),
);
const levelWin = () => ({ level: byte(), amountCents: centsField() });
const groupWin = () => ({ progressiveGroup: byte(), ...levelWin() });
const resetCodes = { 0: 'done', 1: 'not possible', 2: 'no handpay' };
const taxes = { 0: 'deductible', 1: 'non-deductible', 2: 'wager match' };

/** Facts 8.1, 8.7, 8.8: handpays, progressives and bonuses. */
export const awards = {
  handpay: longPoll('1B', 'R', 'Handpay information', {
    response: plain(
      layout({
        progressiveGroup: byte({ 0: 'none or stand-alone' }),
        level: byte({ 0: 'non-progressive win', 64: 'non-progressive top win', 128: 'cancelled credits' }),
        amountCents: inCents,
        amountCredits: inCredits,
        partialPayCredits: creditsField(2),
        resetId: byte({ 0: 'only by the attendant', 1: 'to the credit meter as well' }),
        reserved: hex(10),
      }),
    ),
    confidence: '3',
    section: '8.1',
    oneShot: true,
  }),
  resetHandpay: longPoll('94', 'S', 'Remote handpay reset', {
    response: plain(layout({ resetCode: byte(resetCodes) })),
    confidence: '3',
    section: '8.1',
  }),
  handpayResetMethod: longPoll('A8', 'S', 'Jackpot handpay reset method', {
    request: plain(layout({ resetMethod: byte({ 0: 'standard', 1: 'to the credit meter' }) })),
    response: plain(layout({ resetCode: byte(resetCodes) })),
    confidence: '3',
    section: '8.1',
  }),
  progressiveLevel: longPoll('80', 'G', 'Single level progressive broadcast', {
    request: plain(layout(groupWin())),
    response: ack,
    confidence: '3',
    section: '8.7',
  }),
  progressiveLevels: longPoll('86', 'G', 'Multiple level progressive broadcast', {
    request: counted(layout({ progressiveGroup: byte(), levels: list(layout(levelWin()), 'rest') })),
    response: ack,
    confidence: '3',
    section: '8.7',
  }),
  cumulativeProgressiveWins: longPoll('83', 'M', 'Cumulative progressive wins', {
    request: plain(layout({ game: game() })),
    response: plain(layout({ game: game(), winCredits: creditsField() })),
    confidence: '3',
    section: '5.2',
  }),
  lastProgressiveWin: longPoll('84', 'R', 'Progressive win amount', {
    response: plain(layout(groupWin())),
    confidence: '3',
    section: '5.2',
  }),
  progressiveWin: longPoll('85', 'R', 'SAS progressive win', {
    response: plain(layout(groupWin())),
    confidence: '3',
    section: '8.7',
    oneShot: true,
  }),
  progressiveWins: longPoll('87', 'R', 'Multiple SAS progressive wins', {
    response: counted(layout({ progressiveGroup: byte(), wins: list(layout(levelWin()), 'byte') })),
    confidence: '3',
    section: '8.7',
    oneShot: true,
  }),
  bonusAward: longPoll('8A', 'S', 'Legacy bonus award', {
    request: plain(layout({ amountCredits: creditsField(), taxStatus: byte(taxes) })),
    response: ack,
    confidence: '3',
    section: '8.8',
  }),
  bonusWin: longPoll('90', 'R', 'Legacy bonus win', {
    response: plain(
      layout({
        multiplier: byte(),
        multipliedWinCredits: creditsField(),
        taxStatus: byte(taxes),
        bonusCredits: creditsField(),
      }),
    ),
    confidence: '2',
    section: '8.8',
  }),
  bonusMeters: longPoll('9A', 'M', 'Legacy bonus meters', {
    request: plain(layout({ game: game() })),
    response: plain(
      layout({
        game: game(),
        deductibleCredits: creditsField(),
        nondeductibleCredits: creditsField(),
        wagerMatchCredits: creditsField(),
      }),
    ),
    confidence: '3',
    section: '8.8',
  }),
};
