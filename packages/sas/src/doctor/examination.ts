import type { Duration } from '@vakhta/kernel';
import type { TimedSymbol } from '../line/index.ts';
import type { OpenLine } from '../transports/index.ts';
import type { Verdict } from './verdict.ts';

/** One poll and how it went. */
export interface PollResult {
  readonly verdict: Verdict;
  readonly delay: Duration | undefined;
}

/** What was found out on an open line. */
export interface Examination {
  readonly device: Pick<OpenLine, 'ninthBit' | 'adapter'>;
  /** The address polled: asked for, or heard in a chirp, or found; undefined when no machine was found. */
  readonly address: number | undefined;
  readonly askedFor: number | undefined;
  /** Heard while we said nothing: addresses of chirps, and whatever else there was. */
  readonly chirpsBefore: readonly number[];
  readonly otherTraffic: readonly TimedSymbol[];
  /** `80` asks nobody, so what comes back is what we said. */
  readonly echoes: boolean;
  readonly generalPolls: readonly PollResult[];
  readonly longPolls: readonly PollResult[];
  /** Machines that answered when every address was tried, which is done when nothing else answered. */
  readonly foundElsewhere: readonly number[];
  /** Messages in which the byte after the wakeup byte came later than 5 ms. */
  readonly gapsTooLong: number;
  /** Why the line closed under us, where it did. */
  readonly lost: string | undefined;
}

/** How many of the polls ended so. */
export const countOf = (polls: readonly PollResult[], ...verdicts: Verdict[]): number =>
  polls.filter(({ verdict }) => verdicts.includes(verdict)).length;

/** The delay half of the good answers were under, in milliseconds. */
export function medianDelay(polls: readonly PollResult[]): Duration | undefined {
  const delays = polls
    .flatMap(({ verdict, delay }) => (verdict === 'good' && delay !== undefined ? [delay] : []))
    .sort((a, b) => a - b);
  return delays[Math.floor(delays.length / 2)];
}
