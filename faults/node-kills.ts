import { AppError, type Duration, integerBetween, type Random, sleep, systemClock } from '@vakhta/kernel';
import { until, type VakhtaDesk } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import { FaultCount } from './fault-plan.ts';

/** How a node can be caught by `kill -9`. */
export const nodeKillKinds = [
  'killed while it runs the jobs',
  'killed while another runs them',
  'killed while starting',
] as const;
export type NodeKillKind = (typeof nodeKillKinds)[number];

/** Kills one of two nodes after another and starts it anew; the other one serves meanwhile. */
export class NodeKills {
  readonly faults = new FaultCount<NodeKillKind>(nodeKillKinds);
  /** How long after each death some agent was still without a node. */
  readonly agentsAway: Duration[] = [];
  /** How long after each death of the runner another one ran the jobs. */
  readonly jobsIdle: Duration[] = [];
  readonly #desk: VakhtaDesk;
  readonly #database: Database;
  readonly #random: Random;
  /** The start that is under way, by node. */
  readonly #starting = new Map<number, Promise<boolean>>();

  constructor(desk: VakhtaDesk, database: Database, random: Random) {
    this.#desk = desk;
    this.#database = database;
    this.#random = random;
  }

  async run(kills: number): Promise<void> {
    for (let kill = 0; kill < kills; kill++) {
      const young = [...this.#starting.keys()][0];
      const isYoung = young !== undefined && this.#random.float() < 0.3;
      await sleep(systemClock, integerBetween(this.#random, 0, isYoung ? 800 : 1500));
      // It may have come to work meanwhile, or not have been begun.
      if (isYoung && this.#starting.has(young) && this.#desk.serverOf(young).isRunning)
        await this.#kill(young, 'killed while starting');
      else await this.#killServing();
    }
    await this.allServe();
  }

  /** Resolves once both serve. */
  async allServe(): Promise<void> {
    const risen = await Promise.all(this.#starting.values());
    if (risen.includes(false)) throw new AppError('faults.did_not_rise', 'a node did not start again');
  }

  async #killServing(): Promise<void> {
    await this.allServe();
    const runner = await this.#runner();
    const victim = integerBetween(this.#random, 0, 1);
    const runs = this.#desk.serverOf(victim).pid === runner;
    await this.#kill(victim, runs ? 'killed while it runs the jobs' : 'killed while another runs them');
    const died = systemClock.monotonic();
    if (runs) {
      await until(
        'another node runs the jobs',
        async () => ![undefined, runner].includes(await this.#runner()),
      );
      this.jobsIdle.push(systemClock.monotonic() - died);
    }
    await until('every agent has a node', () => this.#agentsAreHere());
    this.agentsAway.push(systemClock.monotonic() - died);
  }

  async #kill(node: number, kind: NodeKillKind): Promise<void> {
    await this.#desk.serverOf(node).end('SIGKILL');
    this.faults.add(kind);
    await this.#starting.get(node);
    const starting = sleep(systemClock, integerBetween(this.#random, 0, 600))
      .then(() => this.#desk.startServer(node))
      .then(
        () => true,
        () => false,
      );
    this.#starting.set(node, starting);
    void starting.then((risen) => {
      if (risen && this.#starting.get(node) === starting) this.#starting.delete(node);
    });
  }

  /** Process id of the node that runs the jobs. */
  async #runner(): Promise<number | undefined> {
    const { rows } = await this.#database.system((tx) =>
      sql<{ name: string }>`
        select n.name from nodes n
        join pg_locks own on own.locktype = 'advisory' and own.classid = 7210 and own.objid = n.number and own.granted
        join pg_locks jobs on jobs.pid = own.pid and jobs.locktype = 'advisory' and jobs.classid = 7210 and jobs.objid = 0
          and jobs.granted
        where own.database = (select oid from pg_database where datname = current_database())`.execute(tx),
    );
    const pid = /pid (\d+)$/.exec(rows[0]?.name ?? '')?.[1];
    return pid === undefined ? undefined : Number(pid);
  }

  async #agentsAreHere(): Promise<boolean> {
    const { rows } = await this.#database.system((tx) =>
      sql`select from agents where not online or node is null or not node_lives(node)`.execute(tx),
    );
    return rows.length === 0;
  }
}
