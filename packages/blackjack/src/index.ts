/**
 * Exact blackjack analysis. Everything here is pure computation without Node, so it runs in a Web Worker as it is: rules
 * and results are plain data, progress is a callback, and a worker is cancelled by ending it.
 */

export { handOf } from './cards/hand-table.ts';
export { type LiveHand, liveHand } from './live/live-hand.ts';
export { type NextRound, nextRound } from './live/next-round.ts';
export type { Play } from './play/first-hand-values.ts';
export { type Game, prepareGame } from './play/game.ts';
export { type Analysis, type AnalysisOptions, analyse, analyseGame } from './results/analysis.ts';
export { type DealerRow, dealerTable } from './results/dealer-table.ts';
export { type EffectsOfRemoval, effectsOfRemoval, withoutCards } from './results/effects-of-removal.ts';
export { type Exception, exceptions, type SplitException, splitExceptions } from './results/exceptions.ts';
export { type FullMemorySplit, fullMemorySplit } from './results/full-memory.ts';
export { type HandRow, handRow, handRows } from './results/hand-table-rows.ts';
export { type IndexQuestion, indexNumber, insuranceIndex } from './results/index-number.ts';
export { insuranceEv } from './results/insurance.ts';
export { type Outcomes, outcomes } from './results/outcomes.ts';
export { type SplitState, type SplitTable, splitTable } from './results/split-table.ts';
export { BadRules, parseRules, type RuleProblem } from './rules/parse-rules.ts';
export { type PresetName, presets } from './rules/presets.ts';
export { type Bonus, type RuleSet, type RuleSetInput, ruleSetSchema } from './rules/rule-set.ts';
export { type SideBet, sideBetSchema } from './side-bets/side-bet.ts';
export { type SideBetValue, sideBetValue } from './side-bets/side-bet-value.ts';
export { type Simulation, type SimulationOptions, simulate } from './simulation/simulate.ts';
export { dealChance } from './strategy/composition-dependent.ts';
export { type ForcedPlay, type ForcedPlayInput, forcedPlaySchema } from './strategy/forced-plays.ts';
export { type StrategyClass, strategyClassSchema } from './strategy/strategy-class.ts';
