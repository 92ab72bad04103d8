import type { Clock, Random } from '@vakhta/kernel';
import type { Features } from '../tables/features.ts';
import type { Quirks } from './quirks.ts';

/** What a machine says of itself (1F, 54). */
export interface MachineIdentity {
  readonly gameId: string;
  readonly additionalId: string;
  readonly denomCode: number;
  readonly maxBet: number;
  readonly progressiveGroup: number;
  readonly gameOptions: string;
  readonly paytableId: string;
  readonly basePercent: string;
  readonly sasVersion: string;
  readonly serialNumber: string;
}

export interface MachineOptions {
  /** Entries of the exception queue, 20 or more. */
  readonly queueSize: number;
  readonly thirdRepeat: 'silent' | 'answered';
  readonly aftDelayMs: number;
  readonly ticketDelayMs: number;
  readonly printDelayMs: number;
  /** How long a ticket waits for the host's decision, 10 s in facts 8.4; undefined: without end. */
  readonly escrowMs: number | undefined;
  /** How long it thinks before it answers. */
  readonly answerDelayMs: number;
  /** See `ReceiverOptions.completion`. */
  readonly completion: 'length' | 'silence';
  /** Keeps the sums over other meters too (24, 15, 1C ...), as real machines do. */
  readonly derivedMeters: boolean;
}

export interface MachineSetup {
  /** 1-127. */
  readonly address: number;
  readonly synced: boolean;
  readonly rte: boolean;
  readonly queue: readonly string[];
  readonly credits: number;
  readonly meters: Readonly<Record<string, number>>;
  readonly assetNumber: number;
  readonly validation: 'standard' | 'secureEnhanced' | 'system';
  readonly validationId: { readonly machineId: string; readonly sequence: number };
  /** The machine's own time at the start, "YYYY-MM-DDTHH:MM:SS"; that of the clock when it is not given. */
  readonly clock: string | undefined;
  readonly identity: MachineIdentity;
  readonly options: MachineOptions;
  readonly features: Partial<Features>;
  readonly quirks: Partial<Quirks>;
  /** Greatest transfer, cents. */
  readonly transferLimitCents: number;
}

export const defaultSetup: MachineSetup = {
  address: 1,
  synced: true,
  rte: false,
  queue: [],
  credits: 0,
  meters: {},
  assetNumber: 1,
  validation: 'secureEnhanced',
  validationId: { machineId: '000001', sequence: 0 },
  clock: undefined,
  identity: {
    gameId: 'ZZ',
    additionalId: '000',
    denomCode: 1,
    maxBet: 5,
    progressiveGroup: 0,
    gameOptions: '0000',
    paytableId: 'TEST01',
    basePercent: '90.00',
    sasVersion: '602',
    serialNumber: 'SIM0001',
  },
  options: {
    queueSize: 25,
    thirdRepeat: 'silent',
    aftDelayMs: 1000,
    ticketDelayMs: 1000,
    printDelayMs: 1000,
    escrowMs: undefined,
    answerDelayMs: 0,
    completion: 'length',
    derivedMeters: true,
  },
  features: {
    legacyBonusAwards: true,
    validationExtensions: true,
    ticketRedemption: true,
    wonCreditsMeterModel: 1,
    extendedMeters: true,
    aft: true,
    aftBonusAwards: true,
    multiDenom: false,
    polling40ms: true,
    multipleProgressiveWins: true,
  },
  quirks: {},
  transferLimitCents: 1_000_000,
};

/** What a simulated machine takes; what is not given is as in `defaultSetup`. */
export type PartialSetup = Partial<Omit<MachineSetup, 'identity' | 'options'>> & {
  readonly identity?: Partial<MachineIdentity>;
  readonly options?: Partial<MachineOptions>;
};

export interface MachineDeps {
  readonly clock: Clock;
  readonly random: Random;
}

export const completeSetup = (setup: PartialSetup): MachineSetup => ({
  ...defaultSetup,
  ...setup,
  identity: { ...defaultSetup.identity, ...setup.identity },
  options: { ...defaultSetup.options, ...setup.options },
  features: { ...defaultSetup.features, ...setup.features },
});
