import { type Random, seededRandom } from '@vakhta/kernel';
import type { Analysis } from '../results/analysis.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { playRound } from '../witness/play-round.ts';
import { shoeOf, suitsOf } from '../witness/shoe.ts';
import { strategyPlayer } from './strategy-player.ts';

export interface Simulation {
  readonly rounds: number;
  readonly mean: number;
  /** Standard deviation of one round. */
  readonly deviation: number;
  /** Standard error of the mean. */
  readonly error: number;
  /** How often each result came, by result in units, lowest first. */
  readonly outcomes: readonly { readonly result: number; readonly share: number }[];
}

export interface SimulationOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Deal only this hand against this upcard; default: whole rounds. */
  readonly hand?: readonly [number, number];
  readonly up?: number;
  /** The rules of the table, where they are to differ from what the strategy was computed for. */
  readonly rules?: RuleSet;
  readonly onProgress?: (done: number) => void;
}

const PROGRESS_EVERY = 50_000;

/** Plays rounds, each from the full shoe. The same seed gives the same result on every machine. */
export function simulate(analysis: Analysis, options: SimulationOptions): Simulation {
  const random: Random = seededRandom(options.seed);
  const rules = options.rules ?? analysis.game.rules;
  const shoe = shoeOf(rules.shoe, rules.spanish, random);
  const { play, afterDouble } = strategyPlayer(analysis);
  const suits = suitsOf(rules.shoe, random);
  const counts = new Map<number, number>();
  const { rounds, onProgress } = options;
  for (let i = 0; i < rounds; i++) {
    shoe.reset();
    for (const card of [...(options.hand ?? []), ...(options.up ? [options.up] : [])]) shoe.take(card);
    const up = options.up ?? shoe.draw()!;
    const first = options.hand ?? ([shoe.draw()!, shoe.draw()!] as const);
    const result = playRound({ rules, draw: shoe.draw, play, afterDouble, suits }, first, up);
    counts.set(result, (counts.get(result) ?? 0) + 1);
    if (i % PROGRESS_EVERY === 0) onProgress?.(i / rounds);
  }
  let sum = 0;
  let squares = 0;
  for (const [result, times] of counts) {
    sum += result * times;
    squares += result * result * times;
  }
  const mean = sum / rounds;
  const deviation = Math.sqrt(Math.max(0, squares / rounds - mean * mean));
  const outcomes = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([result, times]) => ({ result, share: times / rounds }));
  return { rounds, mean, deviation, error: deviation / Math.sqrt(rounds), outcomes };
}
