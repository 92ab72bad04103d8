import {
  bcd,
  byte,
  countField,
  creditsField,
  game,
  meterCodes,
  meterReadings,
  percent,
  sized,
  unparsedMeters,
} from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { counted, longPoll, plain } from '../codec/message.ts';

const section = '5.2';
const ofGame = () => plain(layout({ game: game() }));

const extendedMeters = <const C extends string>(code: C, title: string) =>
  longPoll(code, 'M', title, {
    request: counted(layout({ game: game(), meterCodes: meterCodes(2) })),
    response: counted(layout({ game: game(), meters: meterReadings(2) })),
    confidence: 'M',
    section,
    multiDenom: true,
  });

/** A tournament meter of a game; the answers are inferred (facts 5.2). */
const tournamentMeter = <const C extends string>(code: C, title: string) =>
  longPoll(code, 'M', title, {
    request: ofGame(),
    response: plain(layout({ game: game(), value: bcd(4) })),
    confidence: '?',
    section,
  });

/** Facts 5.2: polls of several meters. */
export const meterPolls = {
  meters10to15: longPoll('0F', 'R', 'Meters 10 to 15', {
    response: plain(
      layout({
        cancelledCredits: creditsField(),
        coinIn: creditsField(),
        coinOut: creditsField(),
        drop: creditsField(),
        jackpot: creditsField(),
        gamesPlayed: countField(),
      }),
    ),
    confidence: '3',
    section,
  }),
  gamesSince: longPoll('18', 'R', 'Games since power-up and since door close', {
    response: plain(layout({ gamesSincePowerUp: countField(2), gamesSinceDoorClose: countField(2) })),
    confidence: '3',
    section,
  }),
  meters11to15: longPoll('19', 'R', 'Meters 11 to 15', {
    response: plain(
      layout({
        coinIn: creditsField(),
        coinOut: creditsField(),
        drop: creditsField(),
        jackpot: creditsField(),
        gamesPlayed: countField(),
      }),
    ),
    confidence: 'M',
    section,
  }),
  currentCredits: longPoll('1A', 'R', 'Current credits', {
    response: plain(layout({ credits: creditsField() })),
    confidence: 'M',
    section,
  }),
  machineMeters: longPoll('1C', 'R', 'Meters of the machine', {
    response: plain(
      layout({
        coinIn: creditsField(),
        coinOut: creditsField(),
        drop: creditsField(),
        jackpot: creditsField(),
        gamesPlayed: countField(),
        gamesWon: countField(),
        slotDoorOpened: countField(),
        powerResets: countField(),
      }),
    ),
    confidence: '3',
    section,
  }),
  billMeters: longPoll('1E', 'R', 'Bills accepted', {
    response: plain(
      layout({
        bills1: countField(),
        bills5: countField(),
        bills10: countField(),
        bills20: countField(),
        bills50: countField(),
        bills100: countField(),
      }),
    ),
    confidence: '3',
    section,
  }),
  billValue: longPoll('20', 'R', 'Total value of bills, in whole currency units', {
    response: plain(layout({ wholeUnits: bcd(4) })),
    confidence: '3',
    section,
  }),
  handPaidCancelledCredits: longPoll('2D', 'M', 'Hand-paid cancelled credits', {
    request: ofGame(),
    response: plain(layout({ game: game(), handPaidCancelledCredits: creditsField() })),
    confidence: '3',
    section,
    multiDenom: true,
  }),
  selectedMeters: longPoll('2F', 'M', 'Selected meters of game n', {
    request: counted(layout({ game: game(), meterCodes: meterCodes(1) })),
    response: counted(layout({ game: game(), meters: meterReadings(1), unparsed: unparsedMeters() })),
    confidence: 'M',
    section,
    multiDenom: true,
  }),
  extendedMeters: extendedMeters('6F', 'Extended meters of game n'),
  extendedMetersAgain: extendedMeters('AF', 'Extended meters of game n, second code'),
  gameMeters: longPoll('52', 'M', 'Meters of game n', {
    request: ofGame(),
    response: plain(
      layout({
        game: game(),
        coinIn: creditsField(),
        coinOut: creditsField(),
        jackpot: creditsField(),
        gamesPlayed: countField(),
      }),
    ),
    confidence: '3',
    section,
  }),
  hopperStatus: longPoll('4F', 'R', 'Hopper status', {
    response: counted(
      layout(
        {
          hopperStatus: byte({
            0: 'ok',
            1: 'flooded optics',
            2: 'reverse coin',
            3: 'coin too short',
            4: 'jam',
            5: 'runaway',
            6: 'optics disconnected',
            7: 'empty',
            255: 'other',
          }),
          percentFull: byte({ 255: 'unknown' }),
        },
        { hopperLevel: creditsField() },
      ),
    ),
    confidence: '3',
    section,
  }),
  lastBill: longPoll('48', 'R', 'Last accepted bill', {
    response: plain(layout({ countryCode: bcd(1), billDenomCode: bcd(1), billCount: countField() })),
    confidence: '3',
    section,
  }),
  wagerCategory: longPoll('B4', 'M', 'Wager category', {
    request: plain(layout({ game: game(), wagerCategory: bcd(2) })),
    response: counted(
      layout({
        game: game(),
        wagerCategory: bcd(2),
        paybackPercent: percent(),
        coinInMeter: sized('bcd'),
      }),
    ),
    confidence: '2',
    section,
  }),
  tournamentGamesPlayed: tournamentMeter('95', 'Tournament games played'),
  tournamentGamesWon: tournamentMeter('96', 'Tournament games won'),
  tournamentWagered: tournamentMeter('97', 'Tournament credits wagered'),
  tournamentCreditsWon: tournamentMeter('98', 'Tournament credits won'),
  tournamentMeters: longPoll('99', 'M', 'Tournament meters 95 to 98', {
    request: ofGame(),
    response: plain(
      layout({
        game: game(),
        gamesPlayed: countField(),
        gamesWon: countField(),
        creditsWagered: creditsField(),
        creditsWon: creditsField(),
      }),
    ),
    confidence: '?',
    section,
  }),
};
