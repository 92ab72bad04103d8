import {
  allClasses,
  analysisTimes,
  cdz,
  decksMeasured,
  removal,
  type Times,
} from './blackjack/analysis-times.ts';
import { timesInBrowser } from './blackjack/in-browser.ts';
import { liveTimes } from './blackjack/live-times.ts';
import { type BenchmarkResult, median, spread } from './result.ts';

/** Milliseconds a whole game may take, by decks. */
const HOLD: Readonly<Record<number, number>> = { 1: 120, 2: 300, 6: 300, 8: 300 };

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The exact analyser on one thread: whole games in Node and in a browser's worker, one live hand, the next round. */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  const runs = quick ? 3 : 5;
  const live = liveTimes(cpu, 11);
  return [
    ...games(analysisTimes(cpu, runs), 'CPU, Node'),
    ...games(await timesInBrowser(runs), "wall, browser's worker"),
    bounded('one live hand, 100 depleted shoes of 6 decks, cold', live.hands, 50),
    bounded("the next round's EV, the same shoes", live.rounds, 300),
  ];
}

function games(times: Times, where: string): BenchmarkResult[] {
  const row = (what: string, limit: BenchmarkResult['limit'] & {}): BenchmarkResult => {
    const value = median(times[what]!);
    return { what: `${what} (${where})`, unit: 'ms', value, limit, ratio: value / limit.value };
  };
  return [
    ...decksMeasured.map((decks) => row(cdz(decks), { what: 'at most', value: HOLD[decks]! })),
    ...decksMeasured.map((decks) =>
      row(allClasses(decks), { what: 'twice CDZ-', value: 2 * median(times[cdz(decks)]!) }),
    ),
    row(removal(6), { what: 'at most', value: 4000 }),
  ];
}

function bounded(what: string, samples: readonly number[], hold: number): BenchmarkResult {
  const times = spread(samples);
  return {
    what: `${what} (CPU, Node)`,
    unit: 'ms',
    ...times,
    limit: { what: 'p95 at most', value: hold },
    ratio: times.p95 / hold,
  };
}
