import { crc16 } from '../../codec/crc.ts';
import { featureBytes } from '../../tables/features.ts';
import type { Machine } from '../machine.ts';
import { ack, data, type Handlers, silence } from './handler.ts';

const configuration = ({ setup: { identity } }: Machine) => ({
  gameId: identity.gameId,
  additionalId: identity.additionalId,
  denomCode: identity.denomCode,
  maxBet: identity.maxBet,
  progressiveGroup: identity.progressiveGroup,
  gameOptions: identity.gameOptions,
  paytableId: identity.paytableId,
  basePercent: identity.basePercent,
});

const validationStyles = { standard: 0, system: 1, secureEnhanced: 2 } as const;

/** What the machine is (facts 5.2). */
export const identityHandlers: Handlers = {
  machineInfo: (machine) => data(configuration(machine)),
  gameConfiguration: (machine, { game }) => (game <= 1 ? data({ game, ...configuration(machine) }) : silence),
  versionAndSerial: ({ setup: { identity } }) =>
    data({ sasVersion: identity.sasVersion, serialNumber: identity.serialNumber }),
  romSignature(machine, { seed }, port) {
    const rom = new TextEncoder().encode(machine.setup.identity.paytableId.repeat(512));
    const signature = crc16(rom, 0, rom.length, Number.parseInt(seed, 16));
    port.conversation.tellSignature(signature.toString(16).toUpperCase().padStart(4, '0'));
    return ack;
  },
  numberOfGames: () => data({ numberOfGames: 1 }),
  selectedGame: () => data({ selectedGame: 1 }),
  enabledGames: (machine) => data({ enabledGames: machine.switches.gameEnabled ? [1] : [] }),
  enabledFeatures: (machine, { game }) =>
    game > 1
      ? silence
      : data({
          game,
          ...featureBytes({
            ...machine.setup.features,
            validationStyle: validationStyles[machine.setup.validation],
          }),
          reserved: '0000',
        }),
  cashoutLimit: (_machine, { game }) => (game <= 1 ? data({ game, cashoutLimitCredits: 0 }) : silence),
  currentPlayerDenom: ({ setup: { identity } }) => data({ denomCode: identity.denomCode }),
  enabledPlayerDenoms: ({ setup: { identity } }) => data({ denomCodes: [identity.denomCode] }),
  tokenDenom: () => data({ tokenDenomCode: 0 }),
  extendedGameInfo: ({ setup: { identity } }, { game }) =>
    game <= 1
      ? data({
          game,
          maxBetCredits: identity.maxBet,
          progressiveGroup: identity.progressiveGroup,
          levelMask: '00000000',
          gameName: 'Simulated game',
          paytableName: identity.paytableId,
          wagerCategories: 0,
        })
      : silence,
};
