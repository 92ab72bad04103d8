import type {
  DealerRow,
  EffectsOfRemoval,
  LiveHand,
  NextRound,
  RuleSet,
  SideBet,
  Simulation,
  StrategyClass,
} from '@vakhta/blackjack';

export const plays = ['stand', 'hit', 'double', 'split', 'surrender'] as const;
export type Play = (typeof plays)[number];
export type PlayEvs = Readonly<Record<Play, number | null>>;

/** One two-card hand against one upcard, as the charts need it. */
export interface HandLine {
  readonly cards: readonly [number, number];
  readonly up: number;
  /** How often it is dealt, given the upcard. */
  readonly chance: number;
  /** Composition-dependent EVs; null where the play is not allowed. */
  readonly evs: PlayEvs;
  /** What the class of strategy does. */
  readonly play: Play;
}

/** One line of a chart by total: `play` of hands that may, `otherwise` of the rest. */
export interface TotalLine {
  readonly total: number;
  readonly soft: boolean;
  readonly up: number;
  readonly play: Play;
  readonly otherwise: Play;
}

export interface GameAnswer {
  readonly strategy: StrategyClass;
  readonly ev: number;
  /** By upcard - 1; null where the shoe has no such card. */
  readonly byUp: readonly (number | null)[];
  readonly upChance: readonly number[];
  /** By first card of the player - 1; null for classes whose hands have no values of their own. */
  readonly byFirst: readonly (number | null)[];
  readonly hands: readonly HandLine[];
  /** Empty but for TD and 2C. */
  readonly totals: readonly TotalLine[];
  readonly dealer: readonly (DealerRow | null)[];
  /** By unit staked, the ace alone seen. */
  readonly insurance: number;
}

/** EV of splitting by most splits allowed (1..3), pair and upcard - 1. */
export type SplitAnswer = readonly (readonly (readonly (number | null)[])[])[];

export interface SideBetAnswer {
  readonly ev: number;
  readonly deviation: number;
  /** Chance of each event, in the order of the bet. */
  readonly chances: readonly number[];
}

/** What a worker can be asked. */
export interface JobInputs {
  game: { readonly rules: RuleSet; readonly strategy: StrategyClass };
  effects: { readonly rules: RuleSet; readonly strategy: StrategyClass };
  splits: { readonly rules: RuleSet };
  simulation: { readonly rules: RuleSet; readonly rounds: number; readonly seed: number };
  liveHand: { readonly rules: RuleSet; readonly cards: readonly number[]; readonly up: number };
  nextRound: { readonly rules: RuleSet };
  sideBet: { readonly bet: SideBet };
}
export interface JobAnswers {
  game: GameAnswer;
  effects: EffectsOfRemoval;
  splits: SplitAnswer;
  simulation: Simulation;
  liveHand: LiveHand;
  nextRound: NextRound;
  sideBet: SideBetAnswer;
}
export type JobKind = keyof JobInputs;
export type Job<Kind extends JobKind = JobKind> = {
  [K in Kind]: { readonly kind: K } & JobInputs[K];
}[Kind];

/** From a worker: how far it is, or how it ended. */
export type WorkerMessage =
  | { readonly progress: number }
  | { readonly answer: unknown }
  | { readonly failure: { readonly code: string; readonly message: string } };
