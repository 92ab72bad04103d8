import {
  bcd,
  byte,
  countedText,
  creditsField,
  derived,
  game,
  hex,
  littleEndian,
  mask,
  percent,
  restText,
  text,
  values,
} from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { ack, counted, longPoll, plain } from '../codec/message.ts';
import { featuresOf } from '../tables/features.ts';

const section = '5.2';
const ofGame = () => plain(layout({ game: game() }));

const configuration = () => ({
  gameId: text(2),
  additionalId: text(3),
  denomCode: byte(),
  maxBet: byte({ 255: '255 or more' }),
  progressiveGroup: byte(),
  gameOptions: mask(2),
  paytableId: text(6),
  basePercent: percent(),
});

/** Facts 5.2: what a machine is, and which games and functions it has. */
export const identity = {
  machineInfo: longPoll('1F', 'R', 'Machine id and information', {
    response: plain(layout(configuration())),
    confidence: 'M',
    section,
  }),
  romSignature: longPoll('21', 'S', 'ROM signature; it comes later, on a general poll', {
    request: plain(layout({ seed: mask(2) })),
    response: ack,
    confidence: '3',
    section,
  }),
  numberOfGames: longPoll('51', 'R', 'Number of games', {
    response: plain(layout({ numberOfGames: bcd(2) })),
    confidence: 'M',
    section,
  }),
  gameConfiguration: longPoll('53', 'M', 'Configuration of game n', {
    request: ofGame(),
    response: plain(layout({ game: game(), ...configuration() })),
    confidence: 'M',
    section,
  }),
  versionAndSerial: longPoll('54', 'R', 'SAS version and serial number', {
    response: counted(layout({ sasVersion: text(3), serialNumber: restText() })),
    confidence: 'M',
    section,
  }),
  selectedGame: longPoll('55', 'R', 'Selected game', {
    response: plain(layout({ selectedGame: game() })),
    confidence: 'M',
    section,
  }),
  enabledGames: longPoll('56', 'R', 'Enabled games', {
    response: counted(layout({ enabledGames: values(game(), 'byte') })),
    confidence: 'M',
    section,
    multiDenom: true,
  }),
  cardInformation: longPoll('8E', 'R', 'Card information', {
    response: plain(layout({ handType: byte({ 0: 'dealt', 1: 'final' }), cards: hex(5) })),
    confidence: '2',
    section,
  }),
  reelStops: longPoll('8F', 'R', 'Reel stops, left reel first', {
    response: plain(layout({ stops: hex(9) })),
    confidence: '2',
    section,
  }),
  enabledFeatures: longPoll('A0', 'M', 'Enabled features', {
    request: ofGame(),
    response: plain(
      layout({
        game: game(),
        features1: hex(1),
        features2: hex(1),
        features3: hex(1),
        features4: hex(1),
        reserved: hex(2),
        features: derived(featuresOf),
      }),
    ),
    confidence: 'M',
    section: '9.4',
  }),
  cashoutLimit: longPoll('A4', 'M', 'Cash-out limit', {
    request: ofGame(),
    response: plain(layout({ game: game(), cashoutLimitCredits: creditsField(2) })),
    confidence: '3',
    section,
  }),
  currentPlayerDenom: longPoll('B1', 'R', 'Current player denomination', {
    response: plain(layout({ denomCode: byte() })),
    confidence: 'M',
    section,
  }),
  enabledPlayerDenoms: longPoll('B2', 'R', 'Enabled player denominations', {
    response: counted(layout({ denomCodes: values(byte(), 'byte') })),
    confidence: '3',
    section,
  }),
  tokenDenom: longPoll('B3', 'R', 'Token denomination', {
    response: plain(layout({ tokenDenomCode: byte({ 0: 'none' }) })),
    confidence: '3',
    section,
  }),
  extendedGameInfo: longPoll('B5', 'M', 'Extended information of game n', {
    request: ofGame(),
    response: counted(
      layout(
        {
          game: game(),
          maxBetCredits: creditsField(2),
          progressiveGroup: byte(),
          levelMask: mask(4),
          gameName: countedText(),
          paytableName: countedText(),
          wagerCategories: bcd(2),
        },
        { denomCodes: values(byte(), 'byte') },
      ),
    ),
    confidence: '2',
    section,
    multiDenom: true,
  }),
  meterCollect: longPoll('B6', 'S', 'Meter collect status', {
    request: counted(
      layout({
        hostStatus: byte({ 0: 'change acknowledged', 1: 'meters collected', 128: 'cannot collect now' }),
      }),
    ),
    response: counted(
      layout({
        machineStatus: byte({
          0: 'meters will be cleared, added or remapped',
          1: 'only enabled games or denominations change',
          128: 'nothing pending',
        }),
      }),
    ),
    confidence: '2',
    section: '5.1',
  }),
  machineNumbers: longPoll('B7', 'S', 'Set or read machine numbers', {
    request: counted(layout({ assetNumber: littleEndian(4), floorLocation: countedText() })),
    response: counted(
      layout({ controlFlags: hex(1), assetNumber: littleEndian(4), floorLocation: countedText() }),
    ),
    confidence: '2',
    section: '5.1',
  }),
};
