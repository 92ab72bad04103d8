import type { Clock, OrganisationId, Random } from '@vakhta/kernel';
import type { Connect, SigningKey, Wire } from '@vakhta/link';
import { wirePair } from '@vakhta/testkit';
import { pino } from 'pino';
import { Life } from '../apps/agent/src/life.ts';
import { type Core, createCore } from '../apps/server/src/core/core.ts';
import type { Projection } from '../apps/server/src/core/ingest/projection.ts';
import { aloneNode } from '../apps/server/src/platform/nodes/nodes.ts';
import type { Database, Tx } from '../apps/server/src/platform/postgres/database.ts';
import type { FaultPlan } from './fault-plan.ts';

class ServerDied extends Error {}

export interface MortalServerDeps {
  database: Database;
  clock: Clock;
  random: Random;
  plan: FaultPlan;
  key: SigningKey;
  projections?: readonly Projection[];
}

/**
 * A server that can die at any statement and be started anew on the same database. Real PostgreSQL, real core; only
 * time, chance and the wire are the simulation's.
 */
export class MortalServer {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #plan: FaultPlan;
  readonly #key: SigningKey;
  readonly #projections: readonly Projection[];
  #life: { life: Life; core: Core; wires: Set<Wire> } | undefined;
  #inFlight = 0;

  constructor(deps: MortalServerDeps) {
    this.#projections = deps.projections ?? [];
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#plan = deps.plan;
    this.#key = deps.key;
  }

  get core(): Core | undefined {
    return this.#life?.core;
  }

  /** Whether nothing is under way to or from the database. */
  get isQuiet(): boolean {
    return this.#inFlight === 0;
  }

  async start(): Promise<void> {
    if (this.#life) return;
    const life = new Life(this.#clock);
    const wires = new Set<Wire>();
    const core = createCore({
      database: this.#mortal(life),
      clock: life.clock,
      random: this.#random,
      log: pino({ level: 'silent' }),
      key: this.#key,
      nodes: aloneNode(life.clock),
      memberNames: async () => new Map(),
      authenticateLive: async () => undefined,
      notify: { mailer: () => undefined, findPeople: async () => new Map(), desk: () => 'http://desk.test' },
      retention: () => ({}),
      onSettings: async () => {},
      letters: [],
      forgetters: [],
      projections: this.#projections,
    });
    this.#life = { life, core, wires };
    // The simulation may strike during the start too; then there is just no server yet. What is no such strike is told.
    await core.start().catch((error: unknown) => {
      this.die();
      if (this.#plan.isHealed) throw error;
    });
  }

  /** Ends at once: nothing of it has any further effect, every connection breaks. */
  die(): void {
    if (!this.#life) return;
    const { life, wires } = this.#life;
    this.#life = undefined;
    life.end();
    for (const wire of wires) wire.terminate();
  }

  /** How an agent reaches whichever server lives at the time. */
  readonly connect: Connect = (_url, handlers) => {
    const server = this.#life;
    if (!server) return refuse(this.#clock, handlers);
    return wirePair(
      this.#clock,
      handlers,
      (wire) => {
        server.wires.add(wire);
        const served = server.core.link.accept(wire);
        return {
          ...served,
          closed: (code, reason) => {
            server.wires.delete(wire);
            served.closed(code, reason);
          },
        };
      },
      {
        copies: () => {
          if (this.#plan.strikes('frame lost', 100)) return 0;
          return this.#plan.strikes('frame doubled', 60) ? 2 : 1;
        },
        // A stream keeps its order: frames pass one another only where that is the fault.
        delay: () => (this.#plan.strikes('frame delayed past others', 40) ? 400 : 1),
      },
    );
  };

  /** Cuts every connection, as a broken line does. */
  cut(): void {
    for (const wire of this.#life?.wires ?? []) wire.terminate();
  }

  #mortal(life: Life): Database {
    const run = async <T>(
      begin: (work: (tx: Tx) => Promise<T>) => Promise<T>,
      work: (tx: Tx) => Promise<T>,
    ): Promise<T> => {
      if (life.isOver) throw new ServerDied();
      this.#inFlight += 1;
      try {
        const result = await begin(async (tx) => {
          const done = await work(tx);
          if (life.isOver) throw new ServerDied();
          if (this.#plan.strikes('transaction rolled back', 80))
            throw new Error('the database refused to commit');
          if (this.#plan.strikes('server killed before a commit', 120)) {
            this.die();
            throw new ServerDied();
          }
          return done;
        });
        if (life.isOver) throw new ServerDied();
        if (this.#plan.strikes('server killed after a commit', 120)) {
          this.die();
          throw new ServerDied();
        }
        return result;
      } finally {
        this.#inFlight -= 1;
      }
    };
    return {
      pool: this.#database.pool,
      tenant: (organisation: OrganisationId, work) =>
        run((inner) => this.#database.tenant(organisation, inner), work),
      system: (work) => run((inner) => this.#database.system(inner), work),
      owner: (work) => run((inner) => this.#database.owner(inner), work),
      close: async () => {},
    };
  }
}

export function refuse(clock: Clock, handlers: Parameters<Connect>[1]): Wire {
  clock.after(1, () => handlers.closed(1006, 'nobody listens'));
  return { send() {}, ping() {}, close() {}, terminate() {} };
}
