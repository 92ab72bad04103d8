import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@vakhta/api';
import { seededRandom } from '@vakhta/kernel';
import { ProcessGroup, until } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../apps/server/src/core/audit/verify.ts';
import { createTestDatabase, type TestDatabase } from '../apps/server/test/test-database.ts';
import { compareCommands, compareNumbers, readCommands, readLog } from './kill-comparison.ts';
import { KillDesk } from './kill-desk.ts';
import { NodeKills } from './node-kills.ts';
import { NodeLoad } from './node-load.ts';
import { PanelWitness } from './panel-witness.ts';
import { compareWhole } from './told-changes.ts';
import { changesIn, effectsIn, type ToldBy } from './tv-history.ts';

/** `NODE_SEED=7 npx vitest run faults/nodes` runs by another seed; `NODE_KILLS=100` kills more often. */
const seed = Number(process.env.NODE_SEED ?? 1);
const KILLS = Number(process.env.NODE_KILLS ?? 20);
const PANELS = 4;
const RECONNECT_WITHIN = 5000;
/** Fifty TVs: at seven of ten somebody presses POWER while they obey commands. */
const ten: readonly ToldBy[] = [
  'power',
  'power',
  'power',
  'power',
  'power',
  'power',
  'power',
  'cable',
  'cable',
  'mains',
];
const suffering = [...ten, ...ten, ...ten, ...ten, ...ten];

const group = new ProcessGroup();
let directory: string;
let test_: TestDatabase;
let kill: KillDesk;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-nodes-'));
  test_ = await createTestDatabase();
  const shape = { suffering, agents: 3, nodes: 2, deadlineMs: 8000 };
  kill = await KillDesk.start(group, directory, test_.url, shape);
}, 180_000);
afterAll(async () => {
  await kill?.desk.stop();
  await group.stop();
  await test_.drop();
  await rm(directory, { recursive: true });
});

test(`${KILLS} times kill -9 of either of two nodes under load: no fact lost or doubled, commands end in a true state, panels are back within 5 s`, async () => {
  const { desk, fleet, tvs } = kill;
  const { database } = test_;
  const panels = Array.from({ length: PANELS }, () => new PanelWitness(desk));
  for (const panel of panels) panel.start();
  const kills = new NodeKills(desk, database, seededRandom(seed));
  const load = new NodeLoad(kill, database, seededRandom(seed ^ 0x10ad));
  try {
    load.start();
    await kills.run(KILLS);
    await load.rest();
    await kill.showsTheTruth(readState);
    await load.flush();
    await commandsHaveEnded();
    const listed = async () => (await desk.client.call(routes.listThings, { query: { limit: 200 } })).items;
    await until('every panel shows what the desk knows', async () => {
      const things = await listed();
      return panels.every((panel) => panel.isOpen && panel.differences(things).length === 0);
    }).catch(() => {});
    const things = await listed();

    const journal = await fleet.journal();
    const log = await readLog(database);
    const commands = await readCommands(database);
    const changes = changesIn(journal);
    const falls = panels.flatMap((panel) => panel.falls);
    console.table(
      Object.fromEntries([
        ...kills.faults.entries,
        ['changes at the TVs', changes.length],
        ['facts in the log', log.length],
        ['commands asked for', load.asked],
        ['of these of a node that died over it', load.unanswered],
        ...[...Map.groupBy(commands, ({ state }) => state)].map(([state, rows]) => [
          `commands ${state}`,
          rows.length,
        ]),
        ['falls of panels', falls.length],
        ['longest until a panel was back, ms', Math.round(Math.max(...falls))],
        ['longest until every agent was back, ms', Math.round(Math.max(...kills.agentsAway))],
        ['longest until the jobs were run again, ms', Math.round(Math.max(...kills.jobsIdle))],
      ]),
    );
    const tvOf = new Map(tvs.map(({ thing, address }) => [thing, address.id]));
    expect([
      ...compareNumbers(log),
      ...tvs.flatMap(({ thing, address, suffers }) => {
        const own = changes.filter(({ tv, property }) => tv === address.id && property === suffers);
        return compareWhole(thing, suffers, own, log);
      }),
      ...compareCommands(commands, effectsIn(journal), tvOf),
      ...panels.flatMap((panel, index) =>
        panel.differences(things).map((difference) => `panel ${index + 1}: ${difference}`),
      ),
    ]).toEqual([]);
    expect(await verifyAudit(database)).toMatchObject({ faults: [] });
    expect(falls.filter((fall) => fall > RECONNECT_WITHIN)).toEqual([]);
    // There was something to lose, or this proves less than it says.
    for (const [kind, count] of kills.faults.entries) expect(count, kind).toBeGreaterThan(0);
    expect(falls.length).toBeGreaterThan(PANELS);
    expect(changes.length).toBeGreaterThan(KILLS * 5);
    expect(commands.length).toBeGreaterThan(KILLS * 10);
  } catch (error) {
    throw new Error(`replay: NODE_SEED=${seed} npx vitest run faults/nodes\n${group.story}`, {
      cause: error,
    });
  } finally {
    await load.rest().catch(() => {});
    await Promise.all(panels.map((panel) => panel.stop()));
  }
}, 600_000);

async function readState(): Promise<ReadonlyMap<string, unknown>> {
  const { rows } = await test_.database.system((tx) =>
    sql<{ key: string; value: unknown }>`
      select thing_id || ' ' || name as key, value from thing_state`.execute(tx),
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

const commandsHaveEnded = () =>
  until('every command has ended', async () => {
    const commands = await readCommands(test_.database);
    return !commands.some(({ state }) => ['queued', 'delivered', 'accepted'].includes(state));
  });
