import { driver, egmDriver } from '@vakhta/egm/driver';
import { type Duration, type Random, seededRandom, type ThingId } from '@vakhta/kernel';
import { memoryLine } from '@vakhta/sas/line';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import type { FactInput } from '../../apps/server/src/domains/casino/facts/fact.ts';
import { openHall, recordFact } from '../../apps/server/src/domains/casino/facts/journal.ts';
import type { HallRef } from '../../apps/server/src/domains/casino/hall/hall.ts';
import { casinoProjection } from '../../apps/server/src/domains/casino/log/projection.ts';
import type { Database } from '../../apps/server/src/platform/postgres/database.ts';
import { type Fixture, seedOrganisation } from '../../apps/server/test/fixture.ts';
import { FaultPlan } from '../fault-plan.ts';
import type { MortalAgent } from '../mortal-agent.ts';
import { MortalPair } from '../mortal-pair.ts';
import { type MortalServer, refuse } from '../mortal-server.ts';
import { type Cabinet, floorOf, makeCabinet } from './cabinet.ts';

/** How large a run is, and how much of it is play. */
export interface HallSize {
  machines: number;
  play: Duration;
  /** How long the link between agent and server is cut, in the middle of the play. */
  cut: Duration;
  /** A fault that strikes one time in n elsewhere strikes one time in n × this here. */
  rarity: number;
  /** How often a machine's meters are read: each reading is a few dozen statements, which is what a run's time goes into. */
  readingSeconds: number;
}

/**
 * A hall on a virtual clock: simulated machines on lines with the real bytes, their drivers in an agent that can be killed,
 * a server that can die, and a real PostgreSQL with the casino's books. The machines and the database are what stays.
 */
export interface HallWorld {
  fixture: Fixture;
  clock: VirtualClock;
  random: Random;
  plan: FaultPlan;
  server: MortalServer;
  agent: MortalAgent;
  cabinets: readonly Cabinet[];
  /** Whether agent and server can reach one another. */
  isLinkUp: boolean;
  /** Takes what people do into the journal, as of now. */
  record(fact: FactInput): Promise<void>;
  inHall<T>(work: (hall: HallRef) => Promise<T>): Promise<T>;
  /** Lets time pass, and everything that is asked of the database end. */
  pass(duration: Duration): Promise<void>;
  close(): Promise<void>;
}

/** Polls and turns of the players so far apart that a whole night takes minutes, and yet no machine's queue runs over. */
const POLL_MS = 2000;
const PACE = 40_000;

/** The run's own faults, each so much rarer. */
class RareFaults extends FaultPlan {
  readonly #rarity: number;

  constructor(random: Random, rarity: number) {
    super(random);
    this.#rarity = rarity;
  }

  override strikes(...[kind, oneIn]: Parameters<FaultPlan['strikes']>): boolean {
    return super.strikes(kind, oneIn * this.#rarity);
  }
}

export async function openHallWorld(database: Database, seed: number, size: HallSize): Promise<HallWorld> {
  const random = seededRandom(seed);
  const plan = new RareFaults(seededRandom(seed ^ 0x5eed), size.rarity);
  const clock = new VirtualClock(Date.UTC(2026, 10, 25, 18));
  const fixture = await seedOrganisation(database, { things: size.machines });
  const cabinets = fixture.things.map((thing, index) => ({
    thing,
    ...makeCabinet(index, { clock, seed, pace: PACE }),
  }));
  const inHall: HallWorld['inHall'] = (work) =>
    database.tenant(fixture.organisation, (tx) =>
      work({ tx, organisation: fixture.organisation, hall: fixture.site }),
    );
  const record = async (fact: FactInput) => {
    const now = new Date(clock.now());
    await inHall((hall) => recordFact(hall, fact, { at: now, now }));
  };
  await becomeSlotMachines(database, fixture, size);
  await inHall((hall) => openHall(hall, new Date(clock.now())));
  for (const fact of floorOf(cabinets, fixture.agent)) await record(fact);

  const byLine = new Map(cabinets.map((each) => [lineOf(each.thing), each.machine]));
  const openLine = (address: string) => {
    // Every life plugs a cable of its own in: what a dead one still reads is from nobody.
    const { host, machine } = memoryLine({ clock });
    byLine.get(address)!.port.connect(machine);
    return {
      latency: 0,
      closed: new Promise<undefined>(() => {}),
      send: host.send.bind(host),
      receive: host.receive.bind(host),
      flush: () => host.flush(),
      close: async () => {},
    };
  };
  const pair = new MortalPair({
    database,
    clock,
    random,
    plan,
    fixture,
    projections: [casinoProjection],
    modules: [egmDriver({ openLine })],
    outbox: {
      maxObservations: 1_000_000,
      maxBytes: 1_000_000_000,
      reserveObservations: 20,
      reserveBytes: 100_000,
    },
    intercept: (connect) => (url, handlers) =>
      world.isLinkUp ? connect(url, handlers) : refuse(clock, handlers),
  });
  const world: HallWorld = {
    fixture,
    clock,
    random,
    plan,
    server: pair.server,
    agent: pair.agent,
    cabinets,
    isLinkUp: true,
    record,
    inHall,
    pass: (duration) => pair.pass(duration),
    close: () => pair.close(),
  };
  return world;
}

const lineOf = (thing: ThingId): string => `memory:${thing}`;

/** The fixture's things are slot machines on lines in memory. */
async function becomeSlotMachines(
  database: Database,
  { organisation, things }: Fixture,
  { readingSeconds }: HallSize,
): Promise<void> {
  const { model } = driver;
  await database.tenant(organisation, async (tx) => {
    await sql`
      insert into thing_models (org_id, id, version, definition)
      values (${organisation}, ${model.id}, ${model.version}, ${JSON.stringify(model)}::json)`.execute(tx);
    for (const thing of things)
      await sql`
        update things set model = ${model.id},
          configuration = ${JSON.stringify({ line: lineOf(thing), pollMs: POLL_MS, liveMs: 60_000, readingSeconds })}
        where id = ${thing}`.execute(tx);
  });
}
