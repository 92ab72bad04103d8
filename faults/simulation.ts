import { type CommandId, hours, integerBetween, pick, seconds, type ThingId } from '@vakhta/kernel';
import { sql } from 'kysely';
import { rebuildProjection } from '../apps/server/src/core/ingest/rebuild.ts';
import { thingState } from '../apps/server/src/core/things/state-projection.ts';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import type { FaultCount } from './fault-plan.ts';
import type { Machine } from './machine.ts';
import { openWorld, STEP, type World } from './world.ts';

/** How long a run may take to come to rest once nothing strikes any more: deadlines have passed by then. */
const REST_WITHIN = seconds(150);

export interface SimulationResult {
  faults: FaultCount;
  ticks: number;
  commands: number;
  /** Everything in which the log or the commands differ from what the machines know. Empty is right. */
  differences: string[];
}

/**
 * One run: an agent, a wire and a server struck by the faults that the seed brings, then healed and compared with what
 * the machines themselves know.
 */
export async function simulate(
  database: Database,
  seed: number,
  duration = seconds(8),
): Promise<SimulationResult> {
  const world = await openWorld(database, seed);
  const { organisation } = world.fixture;
  try {
    await suffer(world, duration);
    await heal(world, database);
    return {
      faults: world.plan.count,
      ticks: [...world.machines.values()].reduce((sum, machine) => sum + machine.offered.length, 0),
      commands: world.commands.size,
      differences: await compare(database, organisation, world.machines, world.commands),
    };
  } finally {
    await world.close();
  }
}

/** Work goes on while processes die, connections break, disks fill and clocks jump; what died is started anew. */
async function suffer(world: World, duration: number): Promise<void> {
  const { server, agent, clock, plan, random, fixture } = world;
  await server.start();
  agent.start();
  const repairAt = { server: 0, agent: 0, disk: 0 };
  for (let at = 0; at < duration; at += STEP) {
    if (!server.core && at >= repairAt.server) await server.start();
    if (!agent.isAlive && at >= repairAt.agent) agent.start();
    if (at >= repairAt.disk) agent.freeDisk();
    if (plan.strikes('connection cut', 160)) server.cut();
    if (plan.strikes('clock jumped', 200)) clock.jump(integerBetween(random, -3, 3) * hours(1));
    if (plan.strikes('disk full', 250)) {
      agent.fillDisk();
      repairAt.disk = at + integerBetween(random, 200, 2500);
    }
    if (integerBetween(random, 1, 12) === 1) await world.strike(pick(random, fixture.things));
    await world.pass();
    if (!server.core && repairAt.server < at) repairAt.server = at + integerBetween(random, 50, 2500);
    if (!agent.isAlive && repairAt.agent < at) repairAt.agent = at + integerBetween(random, 50, 1500);
  }
}

/** Nothing strikes any more: everything that is still under way comes to its end. */
async function heal(world: World, database: Database): Promise<void> {
  const { server, agent, plan, fixture } = world;
  plan.heal();
  world.rest();
  agent.freeDisk();
  await server.start();
  agent.start();
  server.cut();
  for (let waited = 0; waited < REST_WITHIN; waited += STEP) {
    if (waited % (20 * STEP) === 0 && agent.isLinked && agent.waiting === 0)
      if ((await openCommands(database, fixture.organisation)) === 0) return;
    await world.pass();
  }
}

const openCommands = (database: Database, organisation: Parameters<Database['tenant']>[0]): Promise<number> =>
  database.tenant(organisation, async (tx) => {
    const { rows } = await sql<{ open: number }>`
      select count(*) as open from commands where state in ('queued', 'delivered', 'accepted')`.execute(tx);
    return rows[0]!.open;
  });

async function compare(
  database: Database,
  organisation: Parameters<Database['tenant']>[0],
  machines: ReadonlyMap<ThingId, Machine>,
  tokens: ReadonlyMap<string, CommandId>,
): Promise<string[]> {
  const differences: string[] = [];
  const { ticks, states, levels } = await database.tenant(organisation, async (tx) => ({
    ticks: await sql<{ thing_id: ThingId; tick: number }>`
      select thing_id, (data ->> 'tick')::int as tick from log where kind = 'event' order by id`.execute(tx),
    states: await sql<{ id: string; state: string }>`select id, state from commands`.execute(tx),
    levels: await sql<{ thing_id: ThingId; value: number }>`
      select thing_id, value from thing_state where name = 'level'`.execute(tx),
  }));

  for (const machine of machines.values()) {
    const logged = ticks.rows.filter((row) => row.thing_id === machine.thing).map((row) => row.tick);
    const times = new Map<number, number>();
    for (const tick of logged) times.set(tick, (times.get(tick) ?? 0) + 1);
    for (const [tick, count] of times)
      if (count > 1) differences.push(`tick ${tick} is in the log ${count} times`);
    for (const tick of machine.taken)
      if (!times.has(tick)) differences.push(`tick ${tick} was taken and is lost`);
    for (const tick of times.keys())
      if (!machine.offered.includes(tick)) differences.push(`tick ${tick} is in the log and never was`);
    if (logged.some((tick, index) => index > 0 && tick < logged[index - 1]!))
      differences.push('ticks are out of order in the log');
    const level = levels.rows.find((row) => row.thing_id === machine.thing)?.value;
    if (level !== undefined && level > machine.level) differences.push(`level ${level} was never reported`);
  }

  const stateOf = new Map(states.rows.map((row) => [row.id, row.state]));
  for (const [token, id] of tokens) {
    const runs = [...machines.values()].reduce((sum, machine) => sum + (machine.strikes.get(token) ?? 0), 0);
    const state = stateOf.get(id) ?? 'missing';
    if (runs > 1) differences.push(`command ${token} ran ${runs} times`);
    const mayHaveRun: Record<string, readonly number[]> = {
      succeeded: [1],
      failed: [0, 1],
      unknown: [0, 1],
      refused: [0],
      expired: [0],
    };
    if (!mayHaveRun[state]?.includes(runs))
      differences.push(`command ${token} is ${state} and ran ${runs} times`);
  }

  const rebuilt = await rebuildProjection(database, organisation, thingState);
  if (rebuilt.hashBefore !== rebuilt.hashAfter) differences.push('the state differs from what its log says');
  return differences;
}
