import { hours, minutes } from '@vakhta/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../apps/server/test/test-database.ts';
import { FaultCount, type FaultKind } from '../fault-plan.ts';
import { simulateHall } from './hall-simulation.ts';
import type { HallSize } from './hall-world.ts';

/**
 * `HALL_SEED=17 npx vitest run faults/hall` replays one seed; `HALL_SEEDS=20 HALL_SIZE=full` runs the whole of it: 36 machines,
 * an hour of play, three hours without a link; `HALL_FIRST` begins at another seed.
 */
const sizes: Record<string, HallSize> = {
  small: { machines: 4, play: minutes(16), cut: minutes(10), rarity: 1, readingSeconds: 20 },
  full: { machines: 36, play: hours(1), cut: hours(3), rarity: 20, readingSeconds: 60 },
};
const size = sizes[process.env.HALL_SIZE ?? 'small']!;
const only = process.env.HALL_SEED;
const first = Number(process.env.HALL_FIRST ?? 1);
const seeds = only
  ? [Number(only)]
  : Array.from({ length: Number(process.env.HALL_SEEDS ?? 3) }, (_, index) => index + first);

/** Those that every run has to have seen, or it proves less than it says. */
const needed: readonly FaultKind[] = [
  'frame lost',
  'connection cut',
  'agent killed before a write',
  'agent killed after a write',
  'server killed before a commit',
  'server killed after a commit',
];

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

test(`${seeds.length} nights in a hall full of faults: to the credit what the machines counted, nothing twice`, async () => {
  const faults = new FaultCount<FaultKind>([]);
  let games = 0;
  let sessions = 0;
  const wrong: string[] = [];
  for (const seed of seeds) {
    const result = await simulateHall(test_.database, seed, size);
    faults.addAll(result.faults);
    games += result.games;
    sessions += result.sessions;
    // A whole night takes minutes: what is done is said as it is done.
    if (size === sizes.full)
      console.info(`seed ${seed}: ${result.games} games, differences: ${JSON.stringify(result.differences)}`);
    for (const difference of result.differences)
      wrong.push(`seed ${seed}: ${difference} (replay: HALL_SEED=${seed} npx vitest run faults/hall)`);
  }
  console.table(Object.fromEntries([...faults.entries, ['games', games], ['sessions', sessions]]));
  expect(wrong).toEqual([]);
  expect(games).toBeGreaterThan(0);
  expect(sessions).toBeGreaterThan(0);
  const counts = new Map(faults.entries);
  if (!only) for (const kind of needed) expect(counts.get(kind), kind).toBeGreaterThan(0);
}, 10_800_000);
