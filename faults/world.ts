import { type CommandId, type Random, seededRandom, type ThingId } from '@vakhta/kernel';
import type { Connect, SigningKey } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { requestCommands } from '../apps/server/src/core/commands/request.ts';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import { type Fixture, seedOrganisation } from '../apps/server/test/fixture.ts';
import { FaultPlan } from './fault-plan.ts';
import { counterDriver, counterModel, Machine } from './machine.ts';
import type { MortalAgent } from './mortal-agent.ts';
import { MortalPair } from './mortal-pair.ts';
import type { MortalServer } from './mortal-server.ts';

/** How much virtual time passes at once. */
export const STEP = 25;
const MACHINES = 3;

/** One agent with its machines and one server, in this process, on a virtual clock and a real PostgreSQL. */
export interface World {
  fixture: Fixture;
  random: Random;
  clock: VirtualClock;
  plan: FaultPlan;
  server: MortalServer;
  serverKey: SigningKey;
  agent: MortalAgent;
  machines: ReadonlyMap<ThingId, Machine>;
  /** Commands asked for so far, by the token that the machine sees. */
  commands: ReadonlyMap<string, CommandId>;
  /** Lets a step of time pass, waiting for the database whenever it is asked something. */
  pass(): Promise<void>;
  /** Asks a machine to strike; returns the command's token. */
  strike(thing: ThingId): Promise<string>;
  /** Machines do nothing more of their own accord. */
  rest(): void;
  close(): Promise<void>;
}

export async function openWorld(
  database: Database,
  seed: number,
  /** Puts something between the agent and the server's end of the wire. */
  intercept?: (connect: Connect) => Connect,
): Promise<World> {
  const random = seededRandom(seed);
  const plan = new FaultPlan(seededRandom(seed ^ 0x5eed));
  const clock = new VirtualClock(Date.UTC(2026, 10, 25));
  const fixture = await seedOrganisation(database, { things: MACHINES });
  await replaceModel(database, fixture);

  const machines = new Map(fixture.things.map((thing) => [thing, new Machine(thing)]));
  let resting = false;
  const pair = new MortalPair({
    database,
    clock,
    random,
    plan,
    fixture,
    modules: [counterDriver(machines, { plan, random, resting: () => resting })],
    // Small, so that a few seconds without a server fill it.
    outbox: { maxObservations: 60, maxBytes: 1_000_000, reserveObservations: 20, reserveBytes: 100_000 },
    ...(intercept && { intercept }),
  });
  const { server, serverKey, agent } = pair;
  const commands = new Map<string, CommandId>();

  return {
    fixture,
    random,
    clock,
    plan,
    server,
    serverKey,
    agent,
    machines,
    commands,
    pass: () => pair.pass(STEP),
    async strike(thing) {
      const token = `t${commands.size}`;
      const requested = await database.tenant(fixture.organisation, (tx) =>
        requestCommands(
          tx,
          fixture.principal('operator'),
          { things: [thing], action: 'strike', input: { token }, asBatch: false },
          { clock, random },
        ),
      );
      commands.set(token, requested.commands[0]!.id);
      server.core?.link.deliver([fixture.agent]);
      return token;
    },
    rest() {
      resting = true;
    },
    close: () => pair.close(),
  };
}

/** The fixture's things become counters. */
async function replaceModel(database: Database, { organisation }: Fixture): Promise<void> {
  await database.tenant(organisation, async (tx) => {
    await sql`
      insert into thing_models (org_id, id, version, definition)
      values (${organisation}, ${counterModel.id}, ${counterModel.version}, ${JSON.stringify(counterModel)}::json)`.execute(
      tx,
    );
    await sql`update things set model = ${counterModel.id}, configuration = '{}'`.execute(tx);
  });
}
