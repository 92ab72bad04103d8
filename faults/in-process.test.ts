import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../apps/server/src/core/audit/verify.ts';
import { createTestDatabase, type TestDatabase } from '../apps/server/test/test-database.ts';
import { FaultCount, faultKinds } from './fault-plan.ts';
import { simulate } from './simulation.ts';

/** `FAULT_SEED=17 npx vitest run faults/in-process` replays one seed; `FAULT_SEEDS=1000` runs more of them. */
const only = process.env.FAULT_SEED;
const seeds = only
  ? [Number(only)]
  : Array.from({ length: Number(process.env.FAULT_SEEDS ?? 200) }, (_, index) => index + 1);

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

test(`${seeds.length} runs full of faults: no fact lost or doubled, no command run twice`, async () => {
  const faults = new FaultCount(faultKinds);
  let ticks = 0;
  let commands = 0;
  const wrong: string[] = [];
  for (const seed of seeds) {
    const result = await simulate(test_.database, seed);
    faults.addAll(result.faults);
    ticks += result.ticks;
    commands += result.commands;
    for (const difference of result.differences)
      wrong.push(`seed ${seed}: ${difference} (replay: FAULT_SEED=${seed} npx vitest run faults/in-process)`);
  }
  console.table(Object.fromEntries([...faults.entries, ['facts', ticks], ['commands', commands]]));
  expect(wrong).toEqual([]);
  expect(await verifyAudit(test_.database)).toMatchObject({ faults: [] });
  // Each kind of fault was really there, or the run proves less than it says.
  if (!only) for (const [kind, count] of faults.entries) expect(count, kind).toBeGreaterThan(0);
}, 900_000);
