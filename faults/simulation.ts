import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommandId,
  hours,
  integerBetween,
  pick,
  seconds,
  seededRandom,
  type ThingId,
} from '@vakhta/kernel';
import { generateSigningKey } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { requestCommands } from '../apps/server/src/core/commands/request.ts';
import { rebuildProjection } from '../apps/server/src/core/ingest/rebuild.ts';
import { thingState } from '../apps/server/src/core/things/state-projection.ts';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import { seedOrganisation } from '../apps/server/test/fixture.ts';
import { type FaultCount, FaultPlan } from './fault-plan.ts';
import { counterDriver, counterModel, Machine } from './machine.ts';
import { MortalAgent } from './mortal-agent.ts';
import { MortalServer } from './mortal-server.ts';

const STEP = 25;
const MACHINES = 3;

export interface SimulationResult {
  faults: FaultCount;
  ticks: number;
  commands: number;
  /** Everything in which the log or the commands differ from what the machines know. Empty is right. */
  differences: string[];
}

/**
 * One run: an agent, a wire and a server in one process on a virtual clock and a real PostgreSQL, struck by the faults
 * that the seed brings, then healed and compared with what the machines themselves know.
 */
export async function simulate(
  database: Database,
  seed: number,
  duration = seconds(8),
): Promise<SimulationResult> {
  const random = seededRandom(seed);
  const plan = new FaultPlan(seededRandom(seed ^ 0x5eed));
  const clock = new VirtualClock(Date.UTC(2026, 10, 25));
  const serverKey = generateSigningKey().key;
  const fixture = await seedOrganisation(database, { things: MACHINES });
  const { organisation, agent: agentId } = fixture;
  await database.tenant(organisation, async (tx) => {
    await sql`
      insert into thing_models (org_id, id, version, definition)
      values (${organisation}, ${counterModel.id}, ${counterModel.version}, ${JSON.stringify(counterModel)}::jsonb)`.execute(
      tx,
    );
    await sql`update things set model = ${counterModel.id}, configuration = '{}'`.execute(tx);
  });

  const machines = new Map(fixture.things.map((thing) => [thing, new Machine(thing)]));
  const server = new MortalServer({ database, clock, random, plan, key: serverKey });
  let resting = false;
  const directory = mkdtempSync(join(tmpdir(), 'vakhta-faults-'));
  const agent = new MortalAgent(
    {
      identity: { server: 'http://simulated', agent: agentId, organisation, serverKey: serverKey.publicKey },
      key: fixture.agentKey,
      directory,
      // Small, so that a few seconds without a server fill it.
      outbox: { maxObservations: 60, maxBytes: 1_000_000, reserveObservations: 20, reserveBytes: 100_000 },
      version: '0.0.0',
    },
    {
      clock,
      random,
      connect: server.connect,
      modules: [counterDriver(machines, { plan, random, resting: () => resting })],
      plan,
    },
  );

  /** Lets time pass, waiting for the database whenever it is asked something. */
  const pass = async () => {
    await clock.advance(STEP);
    do await clock.settle();
    while (!server.isQuiet);
    await clock.settle();
  };

  const tokens = new Map<string, CommandId>();
  const command = async (thing: ThingId) => {
    const token = `t${tokens.size}`;
    const requested = await database.tenant(organisation, (tx) =>
      requestCommands(
        tx,
        fixture.principal('operator'),
        { things: [thing], action: 'strike', input: { token }, asBatch: false },
        { clock, random },
      ),
    );
    tokens.set(token, requested.commands[0]!.id);
    server.core?.link.deliver([agentId]);
  };

  try {
    await server.start();
    agent.start();
    let repairAt = { server: 0, agent: 0, disk: 0 };
    for (let at = 0; at < duration; at += STEP) {
      if (!server.core && at >= repairAt.server) await server.start();
      if (!agent.isAlive && at >= repairAt.agent) agent.start();
      if (at >= repairAt.disk) agent.freeDisk();
      if (plan.strikes('connection cut', 160)) server.cut();
      if (plan.strikes('clock jumped', 200)) clock.jump(integerBetween(random, -3, 3) * hours(1));
      if (plan.strikes('disk full', 250)) {
        agent.fillDisk();
        repairAt = { ...repairAt, disk: at + integerBetween(random, 200, 2500) };
      }
      if (integerBetween(random, 1, 12) === 1) await command(pick(random, fixture.things));
      await pass();
      if (!server.core && repairAt.server < at)
        repairAt = { ...repairAt, server: at + integerBetween(random, 50, 2500) };
      if (!agent.isAlive && repairAt.agent < at)
        repairAt = { ...repairAt, agent: at + integerBetween(random, 50, 1500) };
    }

    plan.heal();
    resting = true;
    agent.freeDisk();
    await server.start();
    agent.start();
    server.cut();
    for (let waited = 0; waited < seconds(150); waited += STEP) {
      const settled =
        agent.isLinked && agent.waiting === 0 && (await openCommands(database, organisation)) === 0;
      if (settled) break;
      for (let step = 0; step < 20; step++, waited += STEP) await pass();
    }
    return {
      faults: plan.count,
      ticks: [...machines.values()].reduce((sum, machine) => sum + machine.offered.length, 0),
      commands: tokens.size,
      differences: await compare(database, organisation, machines, tokens),
    };
  } finally {
    agent.kill();
    server.die();
    await clock.settle();
    agent.closeFile();
    rmSync(directory, { recursive: true, force: true });
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
