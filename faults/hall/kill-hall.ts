import { casinoActRoutes, casinoFloorRoutes, commandRoutes, siteRoutes, thingRoutes } from '@vakhta/api';
import { systemClock as clock, type OrganisationId, type ThingId } from '@vakhta/kernel';
import { listenTcpLine } from '@vakhta/sas/transports';
import { type EnrolledAgent, type ProcessGroup, until, VakhtaDesk } from '@vakhta/testkit/processes';
import type { Database } from '../../apps/server/src/platform/postgres/database.ts';
import { type Books, knownMeters, unlevel } from './books.ts';
import {
  type Cabinet,
  floorOf,
  guestOf,
  makeCabinet,
  type Played,
  played,
  type Stay,
  settle,
  stayOf,
} from './cabinet.ts';

/** A player's turn after the other; a night in seconds. */
const PACE = 400;

interface KillHallOptions {
  group: ProcessGroup;
  directory: string;
  databaseUrl: string;
  database: Database;
  machines: number;
}

/**
 * A hall of real processes: a server and an agent, there to be killed, and machines on TCP lines in this process, which know
 * the truth and never die.
 */
export class KillHall implements Books {
  readonly desk: VakhtaDesk;
  readonly agent: EnrolledAgent;
  readonly cabinets: readonly Cabinet[];
  readonly #hall: string;
  readonly #organisation: OrganisationId;
  readonly #database: Database;
  readonly #lines: readonly { close(): Promise<void> }[];
  readonly #seated = new Map<Cabinet, Played>();

  private constructor(parts: {
    desk: VakhtaDesk;
    agent: EnrolledAgent;
    cabinets: readonly Cabinet[];
    hall: string;
    organisation: OrganisationId;
    database: Database;
    lines: readonly { close(): Promise<void> }[];
  }) {
    this.desk = parts.desk;
    this.agent = parts.agent;
    this.cabinets = parts.cabinets;
    this.#hall = parts.hall;
    this.#organisation = parts.organisation;
    this.#database = parts.database;
    this.#lines = parts.lines;
  }

  static async start(options: KillHallOptions): Promise<KillHall> {
    const { group, directory, databaseUrl, database, machines } = options;
    const desk = await VakhtaDesk.start({ group, directory, databaseUrl, tls: false });
    const agent = await desk.enrolAgent('hall');
    await agent.start();
    await desk.agentIsHere(agent);
    const { items } = await desk.client.call(siteRoutes.listSites, { query: {} });
    const hall = items[0]!.id;
    const cabinets: Cabinet[] = [];
    const lines: { close(): Promise<void> }[] = [];
    for (let index = 0; index < machines; index++) {
      const cabinet = makeCabinet(index, { clock, seed: 1, pace: PACE });
      const line = await listenTcpLine({ host: '127.0.0.1', port: 0 }, clock, (wire) =>
        cabinet.machine.port.connect(wire),
      );
      lines.push(line);
      const { id } = await desk.client.call(thingRoutes.createThing, {
        body: {
          name: cabinet.name,
          model: 'egm',
          agent: agent.id,
          site: hall,
          configuration: { line: `tcp://127.0.0.1:${line.port}`, readingSeconds: 1 },
        },
      });
      cabinets.push({ ...cabinet, thing: id as ThingId });
    }
    const { rows } = await database.pool.query<{ org_id: OrganisationId }>(
      'select org_id from sites limit 1',
    );
    const organisation = rows[0]!.org_id;
    const self = new KillHall({ desk, agent, cabinets, hall, organisation, database, lines });
    await self.#openFloor();
    await self.#readAll();
    await self.#areLevel();
    return self;
  }

  async #openFloor(): Promise<void> {
    const { client } = this.desk;
    const params = { hall: this.#hall };
    for (const fact of floorOf(this.cabinets, this.agent.id)) {
      if (fact.kind === 'hall.set') {
        const { kind: _, ...body } = fact;
        await client.call(casinoFloorRoutes.setHall, { params, body: { ...body, policy: {} } });
      }
      if (fact.kind === 'machine.added') {
        const { kind: _, agent: __, ...machine } = fact;
        const thing = this.cabinets.find(({ name }) => name === machine.machine)!.thing;
        await client.call(casinoFloorRoutes.addMachine, { params, body: { ...machine, thing } });
      }
      if (fact.kind === 'player.added')
        await client.call(casinoActRoutes.addPlayer, { params, body: { player: fact.player } });
    }
  }

  inHall: Books['inHall'] = (work) =>
    this.#database.tenant(this.#organisation, (tx) =>
      work({ tx, organisation: this.#organisation, hall: this.#hall }),
    );

  /** Everybody takes a seat, every other one by name, and plays. */
  async begin(): Promise<void> {
    for (const [index, cabinet] of this.cabinets.entries()) {
      if (index % 2 === 0) {
        await this.desk.client.call(casinoActRoutes.seatGuest, {
          params: { hall: this.#hall, machine: cabinet.name },
          body: { player: guestOf(cabinet.name) },
        });
        this.#seated.set(cabinet, played(cabinet));
      }
      cabinet.player.start();
    }
  }

  /** Everybody gets up; once all is in the books, the guests leave. Gives what each of them played. */
  async end(): Promise<Stay[]> {
    for (const { player } of this.cabinets) player.stop();
    await this.desk.agentIsHere(this.agent);
    await this.#readAll();
    await this.#areLevel();
    const stays: Stay[] = [];
    for (const [cabinet, since] of this.#seated) {
      stays.push(stayOf(cabinet, since));
      await this.desk.client.call(casinoActRoutes.unseatGuest, {
        params: { hall: this.#hall, machine: cabinet.name },
        body: {},
      });
    }
    this.#seated.clear();
    return stays;
  }

  /** Resolves once the books have every meter as it stands in its machine. */
  async #areLevel(): Promise<void> {
    let late: string[] = [];
    await until('every meter is in the books', async () => {
      const known = await knownMeters(this);
      for (const cabinet of this.cabinets) settle(cabinet);
      late = this.cabinets.flatMap((cabinet) => unlevel(cabinet, known.get(cabinet.name)));
      return late.length === 0;
    }).catch((cause: unknown) => {
      throw new Error(`never in the books: ${late.join('; ')}`, { cause });
    });
  }

  /**
   * Has every machine read anew once it answers. What was told before it stood on the floor is nobody's; and a reading takes
   * several polls, between which a game may end that no later one made it read again.
   */
  async #readAll(): Promise<void> {
    await until('every machine answers', async () => {
      const { items } = await this.desk.client.call(thingRoutes.listThings, { query: { limit: 200 } });
      return items.length === this.cabinets.length && items.every(({ online }) => online);
    });
    for (const { thing } of this.cabinets)
      await this.desk.client.call(commandRoutes.actOnThing, {
        params: { thing, action: 'readNow' },
        body: {},
      });
  }

  async stop(): Promise<void> {
    for (const { player, machine } of this.cabinets) {
      player.stop();
      machine.powerOff();
    }
    await Promise.all(this.#lines.map((line) => line.close()));
  }
}
