import { isDeepStrictEqual } from 'node:util';
import type { AgentId, CommandId, StreamId, ThingId } from '@vakhta/kernel';
import { seconds } from '@vakhta/kernel';
import {
  type CommandOrder,
  generateSigningKey,
  judgeOrder,
  type Observation as Logged,
  signOrder,
} from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import * as z from 'zod';
import { ingest } from '../../src/core/ingest/ingest.ts';
import { type FactInput, Told } from '../../src/domains/casino/facts/fact.ts';
import { openHall, passTime, recordFact } from '../../src/domains/casino/facts/journal.ts';
import { readSettings } from '../../src/domains/casino/hall/hall.ts';
import { casinoProjection } from '../../src/domains/casino/log/projection.ts';
import type { Database, Tx } from '../../src/platform/postgres/database.ts';
import { type Fixture, freshId, seedOrganisation } from '../fixture.ts';
import { queries } from './queries.ts';
import {
  type Check,
  type Command,
  type Delivery,
  type Event,
  type Observation,
  Scenario,
  type Setup,
} from './scenario.ts';

/** What one check came to; undefined where it held. */
export type Failure = { what: string; expected?: unknown; actual?: unknown };

/** Plays one scenario in an organisation of its own; resolves to what did not hold. */
export async function playScenario(database: Database, input: unknown): Promise<Failure[]> {
  const parsed = Scenario.safeParse(input);
  if (!parsed.success) return [{ what: `not of the form: ${z.prettifyError(parsed.error)}` }];
  const scenario = parsed.data;
  const unknown = scenario.checks.filter(({ query }) => query !== 'deliveries' && !queries.has(query));
  if (unknown.length > 0) return unknown.map(({ query }) => ({ what: `unknown query '${query}'` }));
  try {
    const floor = await Floor.build(database, scenario);
    return await floor.play();
  } catch (error) {
    return [{ what: error instanceof z.ZodError ? z.prettifyError(error) : String((error as Error).stack) }];
  }
}

interface DeliveryResult {
  agent: string;
  stream: string;
  first: number;
  count: number;
  applied: number;
  duplicates: number;
  ack: number;
  code: string | null;
}

/** The empty site of a scenario, with agents that say what the scenario tells them to. */
class Floor {
  readonly #database: Database;
  readonly #scenario: Scenario;
  readonly #fixture: Fixture;
  readonly #clock: VirtualClock;
  readonly #agents = new Map<string, AgentId>();
  /** One for each agent that may speak for a machine: `agent/machine`. */
  readonly #things = new Map<string, ThingId>();
  readonly #streams = new Map<string, StreamId>();
  readonly #deliveries: DeliveryResult[] = [];
  /** Where an agent's own numbering of what stands at the top level has come to. */
  readonly #last = new Map<string, number>();
  readonly #offsets = new Map<string, number>();
  readonly #taken = new Map<string, Set<CommandId>>();
  readonly #orders = new Map<string, CommandId>();
  readonly #serverKey = generateSigningKey().key;

  private constructor(database: Database, scenario: Scenario, fixture: Fixture, clock: VirtualClock) {
    this.#database = database;
    this.#scenario = scenario;
    this.#fixture = fixture;
    this.#clock = clock;
  }

  static async build(database: Database, scenario: Scenario): Promise<Floor> {
    const start = Math.min(
      ...[...scenario.events, ...scenario.checks].flatMap(({ at }) => (at ? [Date.parse(at)] : [])),
    );
    const clock = new VirtualClock(Number.isFinite(start) ? start : 0);
    const floor = new Floor(database, scenario, await seedOrganisation(database, { things: 0 }), clock);
    await floor.#setUp();
    return floor;
  }

  get #now(): Date {
    return new Date(this.#clock.now());
  }

  #inHall<T>(work: (ref: { tx: Tx; organisation: string; hall: string }) => Promise<T>): Promise<T> {
    const { organisation, site } = this.#fixture;
    return this.#database.tenant(organisation, (tx) => work({ tx, organisation, hall: site }));
  }

  #record(fact: FactInput) {
    return this.#inHall((ref) => recordFact(ref, fact, { now: this.#now }));
  }

  async #setUp(): Promise<void> {
    const { site, machines, agents, players, desks, pools, policy } = this.#scenario.setup;
    await this.#inHall((ref) => openHall(ref, this.#now));
    await this.#record({ kind: 'hall.set', ...site, policy });
    for (const { id, ...machine } of machines)
      await this.#record({ kind: 'machine.added', machine: id, ...machine } as unknown as FactInput);
    for (const { id } of agents) await this.#record({ kind: 'agent.added', agent: id });
    for (const player of this.#playersNamed(players)) await this.#record({ kind: 'player.added', player });
    for (const { id, openingMinor } of desks)
      await this.#record({ kind: 'desk.added', desk: id, openingMinor });
    for (const { id, ...pool } of pools)
      await this.#record({ kind: 'pool.added', pool: id, ...pool } as unknown as FactInput);
    for (const { agent, id } of machines) await this.#addSpeaker(agent, id);
    for (const { id: agent, machines: own } of agents)
      for (const machine of own) await this.#addSpeaker(agent, machine);
  }

  #playersNamed(players: Setup['players']): Set<string> {
    const inEvents = this.#scenario.events.flatMap((event) =>
      'player' in event && typeof event.player === 'string' ? [event.player] : [],
    );
    return new Set([...players.map(({ id }) => id), ...inEvents]);
  }

  async #agentId(agent: string): Promise<AgentId> {
    const known = this.#agents.get(agent);
    if (known) return known;
    const id = freshId<AgentId>();
    const { organisation, site } = this.#fixture;
    await this.#inHall(({ tx }) =>
      sql`insert into agents (id, org_id, site_id, name, status, enrolled_at)
          values (${id}, ${organisation}, ${site}, ${`agent ${agent}`}, 'enrolled', now())`.execute(tx),
    );
    this.#agents.set(agent, id);
    return id;
  }

  async #addSpeaker(agent: string, machine: string): Promise<void> {
    const key = `${agent}/${machine}`;
    if (this.#things.has(key)) return;
    const agentId = await this.#agentId(agent);
    const thing = freshId<ThingId>();
    const { organisation, site } = this.#fixture;
    await this.#inHall(({ tx }) =>
      sql`insert into things (id, org_id, site_id, agent_id, model, name, configuration)
          values (${thing}, ${organisation}, ${site}, ${agentId}, 'lamp', ${key}, '{}')`.execute(tx),
    );
    await this.#record({ kind: 'thing.placed', thing, machine });
    this.#things.set(key, thing);
  }

  async play(): Promise<Failure[]> {
    const failures: Failure[] = [];
    const { events, checks } = this.#scenario;
    const end = Math.max(this.#clock.now(), ...events.map(({ at }) => Date.parse(at)));
    const timed = checks
      .map((check) => ({ check, at: check.at === undefined ? end : Date.parse(check.at) }))
      .sort((a, b) => a.at - b.at);
    const answerUntil = async (time: number) => {
      while (timed[0] && timed[0].at < time) {
        const { check, at } = timed.shift()!;
        await this.#passTo(at);
        failures.push(...(await this.#check(check)));
      }
    };
    for (const event of events) {
      await answerUntil(Date.parse(event.at));
      await this.#passTo(Date.parse(event.at));
      await this.#happen(event);
    }
    await answerUntil(Number.POSITIVE_INFINITY);
    return failures;
  }

  async #passTo(time: number): Promise<void> {
    if (time > this.#clock.now()) await this.#clock.advance(time - this.#clock.now());
    await this.#inHall((ref) => passTime(ref, this.#now));
  }

  async #happen(event: Event): Promise<void> {
    switch (event.type) {
      case 'reading':
      case 'exception':
      case 'identity':
      case 'config':
      case 'handpayInfo':
        return this.#tell(this.#agentOf(event.machine), event.machine, event.type, event);
      case 'transfer.machine': {
        const machine = this.#machineOfTransfer(event.key);
        return this.#tell(this.#agentOf(machine), machine, event.type, event);
      }
      case 'delivery':
        return this.#deliver(event);
      case 'command':
        return this.#order(event);
      default: {
        if (event.type === 'clock') this.#offsets.set(String(event.agent), Number(event.offsetSeconds));
        const { at: _, type, kind: credit, ...fields } = event as Record<string, unknown>;
        await this.#record({
          kind: type,
          ...(credit !== undefined && { credit }),
          ...fields,
        } as unknown as FactInput);
      }
    }
  }

  #agentOf(machine: string): string {
    const found = this.#scenario.setup.machines.find(({ id }) => id === machine);
    if (!found) throw new Error(`unknown machine '${machine}'`);
    return found.agent;
  }

  #machineOfTransfer(key: string): string {
    for (const event of this.#scenario.events)
      if (event.type === 'transfer.request' && event.key === key) return String(event.machine);
    return this.#scenario.setup.machines[0]!.id;
  }

  /** What stands at the top level comes by a stream of the agent's own. */
  async #tell(agent: string, machine: string, name: string, told: object): Promise<void> {
    const first = (this.#last.get(agent) ?? 0) + 1;
    this.#last.set(agent, first);
    await this.#ingest(agent, 'top level', first, [this.#logged(agent, machine, name, told)]);
  }

  #logged(agent: string, machine: string, name: string, told: object): Logged {
    const { at, type: _type, machine: _machine, ...data } = told as Record<string, unknown>;
    Told.parse({ kind: name, machine, ...data });
    const thing = this.#things.get(`${agent}/${machine}`);
    if (!thing) throw new Error(`agent '${agent}' does not look after '${machine}'`);
    return { kind: 'event', thing, name, data: data as never, at: Date.parse(String(at)) };
  }

  async #ingest(agent: string, stream: string, from: number, items: Logged[]) {
    const key = `${agent}/${stream}`;
    const streamId = this.#streams.get(key) ?? freshId<StreamId>();
    this.#streams.set(key, streamId);
    const result = await ingest(
      {
        organisation: this.#fixture.organisation,
        agent: await this.#agentId(agent),
        stream: streamId,
        from,
        items,
      },
      { database: this.#database, clock: this.#clock, projections: [casinoProjection] },
    );
    if (result.state === 'committed' && result.failures[0]) throw result.failures[0].error;
    return result;
  }

  async #deliver({ agent, stream, first, observations }: Delivery): Promise<void> {
    const items = observations.map((one: Observation) => this.#logged(agent, one.machine, one.type, one));
    const result = await this.#ingest(agent, stream, first, items);
    const applied = result.state === 'committed' ? result.logged.length : 0;
    this.#deliveries.push({
      agent,
      stream,
      first,
      count: items.length,
      applied,
      duplicates: result.state === 'committed' ? items.length - applied : 0,
      ack: result.state === 'committed' ? result.acknowledged : result.expected - 1,
      code: result.state === 'gap' ? 'gap' : null,
    });
  }

  /** The server's order reaches an agent, which judges it by its own clock and by what it has on disk. */
  async #order(event: Command): Promise<void> {
    const { agent } = event;
    const agentId = await this.#agentId(agent);
    const id = this.#orders.get(event.id) ?? freshId<CommandId>();
    this.#orders.set(event.id, id);
    const thing = this.#things.get(`${agent}/${event.thing}`) ?? freshId<ThingId>();
    const order: CommandOrder = {
      id,
      agent: agentId,
      thing,
      action: event.action,
      input: event.input,
      notAfter: Date.parse(event.deadline),
    };
    const key = event.signature === 'otherKey' ? generateSigningKey().key : this.#serverKey;
    const signed = signOrder(key, order);
    if (event.signature === 'tampered')
      signed.payload = JSON.stringify({ ...order, input: { ...order.input, tampered: true } });
    const taken = this.#taken.get(agent) ?? new Set();
    this.#taken.set(agent, taken);
    const { commandTtlSeconds, commandClockSlackSeconds } = this.#scenario.setup.policy;
    const judged = judgeOrder(signed, {
      serverKey: this.#serverKey.publicKey,
      agent: agentId,
      now: this.#clock.now() + seconds(this.#offsets.get(agent) ?? 0),
      looksAfter: (one) => one === this.#things.get(`${agent}/${event.thing}`),
      wasTaken: (one) => taken.has(one),
      ahead: seconds(commandTtlSeconds + commandClockSlackSeconds),
    });
    if (judged.ok) taken.add(id);
    await this.#record({
      kind: 'order.judged',
      agent,
      order: event.id,
      result: judged.ok ? 'executed' : 'refused',
      code: judged.ok ? null : judged.error.code,
    });
  }

  async #check({ query, args, equals }: Check): Promise<Failure[]> {
    const answer =
      query === 'deliveries'
        ? this.#deliveries.flatMap(({ agent, ...line }) => (agent === args.agent ? [line] : []))
        : await this.#inHall(async (ref) =>
            queries.get(query)!.answer({ ...ref, settings: await readSettings(ref), now: this.#now }, args),
          );
    const actual = JSON.parse(JSON.stringify(answer ?? null));
    return isDeepStrictEqual(actual, equals)
      ? []
      : [{ what: `${query} ${JSON.stringify(args)}`, expected: equals, actual }];
  }
}
