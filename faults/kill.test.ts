import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessGroup } from '@vakhta/testkit/processes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../apps/server/src/core/audit/verify.ts';
import { createTestDatabase, type TestDatabase } from '../apps/server/test/test-database.ts';
import { FaultCount } from './fault-plan.ts';
import { KillDesk } from './kill-desk.ts';
import { killKinds } from './kill-plan.ts';
import { KillRuns } from './kill-run.ts';

/** `KILL_SEED=17 npx vitest run faults/kill` replays one seed; `KILL_SEEDS=200` runs more of them. */
const only = process.env.KILL_SEED;
const seeds = only
  ? [Number(only)]
  : Array.from({ length: Number(process.env.KILL_SEEDS ?? 20) }, (_, index) => index + 1);

const group = new ProcessGroup();
let directory: string;
let test_: TestDatabase;
let desk: KillDesk;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-kill-'));
  test_ = await createTestDatabase();
  desk = await KillDesk.start(group, directory, test_.url);
}, 120_000);
afterAll(async () => {
  await group.stop();
  await test_.drop();
  await rm(directory, { recursive: true });
});

test(`${seeds.length} runs of kill -9 at server and agent: no fact lost or doubled, no command run twice`, async () => {
  const faults = new FaultCount(killKinds);
  const commands = new Map<string, number>();
  const wrong: string[] = [];
  const seen = { changes: 0, changesOwed: 0, promises: 0 };
  const runs = new KillRuns(desk, test_.database);
  for (const seed of seeds) {
    const result = await runs.run(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed} (replay: KILL_SEED=${seed} npx vitest run faults/kill)\n${group.story}`, {
        cause: error,
      });
    });
    faults.addAll(result.faults);

    seen.changes += result.changes;
    seen.changesOwed += result.changesOwed;
    seen.promises += result.promises;
    for (const [state, count] of result.commands) commands.set(state, (commands.get(state) ?? 0) + count);
    for (const difference of result.differences)
      wrong.push(`seed ${seed}: ${difference} (replay: KILL_SEED=${seed} npx vitest run faults/kill)`);
  }
  console.table(
    Object.fromEntries([
      ...faults.entries,
      ['changes at the TVs', seen.changes],
      ['of these seen by a life of the agent', seen.changesOwed],
      ["facts on dead agents' disks", seen.promises],
      ...[...commands].map(([state, count]) => [`commands ${state}`, count]),
    ]),
  );
  expect(wrong).toEqual([]);
  expect(await verifyAudit(test_.database)).toMatchObject({ faults: [] });
  // Each kind of fault was really there, and there was something to lose, or the runs prove less than they say.
  if (only) return;
  for (const [kind, count] of faults.entries) expect(count, kind).toBeGreaterThan(0);
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
}, 900_000);
