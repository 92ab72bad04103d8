import {
  byte,
  creditsField,
  date,
  digits,
  flag,
  game,
  littleEndian,
  mask,
  time,
} from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { ack, type Confidence, longPoll, plain } from '../codec/message.ts';

const section = '5.1';
const order = <const C extends string>(code: C, title: string, confidence: Confidence = 'M') =>
  longPoll(code, 'S', title, { response: ack, confidence, section });

/** Facts 5.1: what the host tells a machine to do. */
export const control = {
  shutDown: order('01', 'Shut down: lock out play'),
  startUp: order('02', 'Start up: enable play'),
  soundOff: order('03', 'Sound off'),
  soundOn: order('04', 'Sound on'),
  gameSoundsOff: order('05', 'Reel spin and game play sounds off', '3'),
  enableBillAcceptor: order('06', 'Enable bill acceptor'),
  disableBillAcceptor: order('07', 'Disable bill acceptor'),
  configureBills: longPoll('08', 'S', 'Configure bill denominations', {
    request: plain(
      layout({
        billDenominationMask: mask(4),
        actionFlag: byte({ 0: 'acceptor off after each bill', 1: 'acceptor stays on' }),
      }),
    ),
    response: ack,
    confidence: '3',
    section,
  }),
  enableGame: longPoll('09', 'M', 'Enable or disable game n', {
    request: plain(layout({ game: game(), enabled: flag() })),
    response: ack,
    confidence: '3',
    section,
    multiDenom: true,
  }),
  enterMaintenance: order('0A', 'Enter maintenance mode'),
  exitMaintenance: order('0B', 'Exit maintenance mode'),
  realTimeEvents: longPoll('0E', 'S', 'Real-time event reporting', {
    request: plain(layout({ rteEnabled: flag() })),
    response: ack,
    confidence: 'M',
    section,
  }),
  delayGame: longPoll('2E', 'S', 'Delay game: buffer time after each game', {
    request: plain(layout({ delay100ms: littleEndian(2, { unit: '100 ms' }) })),
    response: ack,
    confidence: '2',
    section,
  }),
  setDateTime: longPoll('7F', 'G', 'Receive date and time', {
    request: plain(layout({ date: date(), time: time() })),
    response: ack,
    confidence: 'M',
    section,
  }),
  currentDateTime: longPoll('7E', 'R', 'Current date and time', {
    response: plain(layout({ date: date(), time: time() })),
    confidence: '3',
    section: '5.2',
  }),
  tournament: longPoll('8C', 'M', 'Enter or exit tournament', {
    request: plain(
      layout({
        game: game(),
        minutesSeconds: digits(2),
        startCredits: creditsField(),
        pulses: flag(),
      }),
    ),
    response: ack,
    confidence: '2',
    section,
  }),
  autoRebet: longPoll('AA', 'S', 'Auto rebet', {
    request: plain(layout({ enabled: flag() })),
    response: ack,
    confidence: '2',
    section,
  }),
};
