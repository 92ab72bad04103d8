import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds, seededRandom, sleep, systemClock } from '@vakhta/kernel';
import { ProcessGroup } from '@vakhta/testkit/processes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../apps/server/test/test-database.ts';
import { FaultCount } from '../fault-plan.ts';
import { type KillKind, planKills } from '../kill-plan.ts';
import { dieAndRise } from '../kill-run.ts';
import { compareBooks } from './books.ts';
import type { Stay } from './cabinet.ts';
import { KillHall } from './kill-hall.ts';

/** `HALL_KILLS=5 HALL_MACHINES=36 npx vitest run faults/hall/hall-kill` runs the whole of it. */
const runs = Number(process.env.HALL_KILLS ?? 3);
const machines = Number(process.env.HALL_MACHINES ?? 4);

const group = new ProcessGroup();
let directory: string;
let test_: TestDatabase;
let hall: KillHall;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-hall-kill-'));
  test_ = await createTestDatabase();
  hall = await KillHall.start({
    group,
    directory,
    databaseUrl: test_.url,
    database: test_.database,
    machines,
  }).catch((cause: unknown) => {
    throw new Error(group.story, { cause });
  });
}, 240_000);
afterAll(async () => {
  await hall?.stop();
  await group.stop();
  await test_.drop();
  await rm(directory, { recursive: true });
});

test(`${runs} times kill -9 at server and agent while ${machines} machines are played: to the credit, nothing twice`, async () => {
  const faults = new FaultCount<KillKind>([]);
  const stays: Stay[] = [];
  const wrong: string[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const { deaths } = planKills(seededRandom(seed));
    const { desk, agent } = hall;
    await hall.begin();
    const dying = [
      dieAndRise(
        {
          process: () => desk.server,
          start: () => desk.startServer(),
          died: (young) => faults.add(young ? 'server killed while starting' : 'server killed while serving'),
        },
        deaths.server,
      ),
      dieAndRise(
        {
          process: () => agent.process,
          start: () => agent.start(),
          died: (young) => faults.add(young ? 'agent killed while starting' : 'agent killed while working'),
        },
        deaths.agent,
      ),
    ];
    await Promise.all(dying);
    // Play goes on after the last death, too.
    await sleep(systemClock, seconds(8));
    stays.push(
      ...(await hall.end().catch((cause: unknown) => {
        throw new Error(`run ${seed}\n${group.story}`, { cause });
      })),
    );
    for (const difference of await compareBooks(hall, stays)) wrong.push(`run ${seed}: ${difference}`);
  }
  console.table(
    Object.fromEntries([
      ...faults.entries,
      ['games', hall.cabinets.reduce((sum, { machine }) => sum + (machine.meters.read('0005') ?? 0), 0)],
      ['sessions', stays.length],
    ]),
  );
  expect(wrong).toEqual([]);
  expect(stays.some(({ games }) => games > 0)).toBe(true);
  const counts = new Map(faults.entries);
  for (const kind of ['server killed while serving', 'agent killed while working'] as const)
    expect(counts.get(kind), kind).toBeGreaterThan(0);
}, 1_800_000);
