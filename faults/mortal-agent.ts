import type { DatabaseSync } from 'node:sqlite';
import type { Clock, Random } from '@vakhta/kernel';
import type { Connect } from '@vakhta/link';
import type { DriverModule } from '@vakhta/things';
import { type Agent, type AgentConfig, startAgent } from '../apps/agent/src/main.ts';
import { OutboxFile } from '../apps/agent/src/outbox/outbox-file.ts';
import type { FaultPlan } from './fault-plan.ts';

/** What a write meets when the power fails in the middle of it. */
class PowerCut extends Error {}

export interface MortalAgentDeps {
  clock: Clock;
  random: Random;
  connect: Connect;
  modules: readonly DriverModule[];
  plan: FaultPlan;
}

/**
 * An agent that can be killed before or after any write to its disk and started anew on the same file, and whose disk
 * can be full: SQLite itself is told that there are no more pages.
 */
export class MortalAgent {
  readonly #config: AgentConfig;
  readonly #deps: MortalAgentDeps;
  #agent: Agent | undefined;
  #database: DatabaseSync | undefined;
  #diskIsFull = false;
  #lives = 0;

  constructor(config: AgentConfig, deps: MortalAgentDeps) {
    this.#config = config;
    this.#deps = deps;
  }

  get isAlive(): boolean {
    return this.#agent !== undefined;
  }

  get waiting(): number {
    return this.#agent?.health().outbox.waiting ?? Number.NaN;
  }

  get isLinked(): boolean {
    return this.#agent?.isLinked ?? false;
  }

  start(): void {
    if (this.#agent) return;
    const { plan, ...deps } = this.#deps;
    // A killed agent may be killed again while it starts.
    try {
      const life = this.#lives;
      // A power cut ends whatever call it came in the middle of; here that call runs on into a closed file.
      const survive = (run: () => void) => {
        try {
          run();
        } catch (error) {
          if (life === this.#lives) throw error;
        }
      };
      this.#agent = startAgent(this.#config, {
        ...deps,
        clock: {
          ...bound(deps.clock),
          after: (delay, run) => deps.clock.after(delay, () => survive(run)),
          every: (period, run) => deps.clock.every(period, () => survive(run)),
        },
        connect: (url, handlers) =>
          deps.connect(url, { ...handlers, frame: (frame) => survive(() => handlers.frame(frame)) }),
        log: () => {},
        openOutbox: (path, own) => {
          this.closeFile();
          return new OutboxFile(path, own, {
            opened: (database) => {
              this.#database = database;
              this.#limitPages();
            },
            beforeWrite: () => {
              // Whatever call the power cut came in the middle of goes on here; on its disk nothing changes any more.
              if (life !== this.#lives) throw new PowerCut();
              if (plan.strikes('agent killed before a write', 120)) this.#fail();
            },
            afterWrite: () => {
              if (plan.strikes('agent killed after a write', 120)) this.#fail();
            },
          });
        },
      });
      void this.#agent.ended.then(() => {
        this.#agent = undefined;
      });
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.kill();
    }
  }

  /** The power goes. */
  kill(): void {
    const agent = this.#agent;
    this.#agent = undefined;
    this.#lives += 1;
    agent?.kill();
  }

  /** Lets go of the file of the last life. */
  closeFile(): void {
    if (this.#database?.isOpen) this.#database.close();
    this.#database = undefined;
  }

  fillDisk(): void {
    this.#diskIsFull = true;
    this.#limitPages();
  }

  freeDisk(): void {
    this.#diskIsFull = false;
    this.#limitPages();
  }

  #fail(): never {
    this.kill();
    throw new PowerCut();
  }

  #limitPages(): void {
    if (!this.#database?.isOpen) return;
    // SQLite does not go below what the file has already: then the very next page is refused.
    this.#database.exec(`PRAGMA max_page_count = ${this.#diskIsFull ? 1 : 1_000_000}`);
  }
}

const bound = (clock: Clock) => ({ now: () => clock.now(), monotonic: () => clock.monotonic() });
