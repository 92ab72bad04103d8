import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentId,
  type Id,
  newId,
  type OrganisationId,
  seededRandom,
  type ThingId,
} from '@vakhta/kernel';
import { type Assignment, type Connect, generateSigningKey } from '@vakhta/link';
import { VirtualClock, type WireFaults, wirePair } from '@vakhta/testkit';
import type { DriverModule } from '@vakhta/things';
import { type Agent, type AgentConfig, startAgent } from '../src/main.ts';
import { OutboxFile, type OutboxHooks } from '../src/outbox/outbox-file.ts';
import type { OutboxLimits } from '../src/outbox/room.ts';
import { LampWorkshop } from './lamp-driver.ts';
import { Peer } from './peer.ts';

/** An agent and its server on one virtual clock, joined by a wire in memory; the disk is a real file. */
export class AgentWorld {
  readonly clock = new VirtualClock(Date.UTC(2026, 5, 1));
  readonly random;
  readonly workshop = new LampWorkshop();
  readonly directory = mkdtempSync(join(tmpdir(), 'vakhta-agent-'));
  readonly logged: { level: string; event: string; fields: object | undefined }[] = [];
  readonly peer: Peer;
  readonly config: AgentConfig;
  /** What the server's clock is ahead of ours. */
  serverAhead: number;
  /** Whether the server can be reached. */
  isReachable = true;
  wireFaults: WireFaults = {};
  hooks: OutboxHooks = {};
  /** Drivers besides that of the lamps. */
  modules: DriverModule[] = [];
  agent!: Agent;

  constructor(options: { seed?: number; serverAhead?: number; outbox?: Partial<OutboxLimits> } = {}) {
    this.random = seededRandom(options.seed ?? 1);
    this.serverAhead = options.serverAhead ?? 0;
    const { key } = generateSigningKey();
    const id = this.newId<AgentId>();
    this.peer = new Peer({ id, publicKey: key.publicKey }, () => this.serverNow());
    this.config = {
      identity: {
        server: 'http://127.0.0.1:1',
        agent: id,
        organisation: this.newId<OrganisationId>(),
        serverKey: this.peer.key.publicKey,
      },
      key,
      directory: this.directory,
      version: '0.0.0-test',
      outbox: {
        maxObservations: 10_000,
        maxBytes: 100e6,
        reserveObservations: 1000,
        reserveBytes: 1e6,
        ...options.outbox,
      },
    };
  }

  serverNow(): number {
    return this.clock.now() + this.serverAhead;
  }

  newId<T extends Id<string>>(): T {
    return newId<T>(this);
  }

  /** Something to look after. */
  lamp(socket = 1): Assignment & { thing: ThingId } {
    return {
      thing: this.newId<ThingId>(),
      name: `lamp ${socket}`,
      model: 'test-lamp',
      configuration: { socket },
    };
  }

  connect: Connect = (_url, handlers) => {
    if (this.isReachable)
      return wirePair(this.clock, handlers, (wire) => this.peer.accept(wire), this.wireFaults);
    this.clock.after(1, () => handlers.closed(1006, 'unreachable'));
    return { send() {}, ping() {}, close() {}, terminate() {} };
  };

  start(): Agent {
    this.agent = startAgent(this.config, {
      clock: this.clock,
      random: this.random,
      connect: this.connect,
      modules: [this.workshop.module, ...this.modules],
      log: (level, event, fields) => this.logged.push({ level, event, fields }),
      openOutbox: (path, deps) => new OutboxFile(path, deps, this.hooks),
    });
    return this.agent;
  }

  /** Starts, and waits until the server has all the agent has to say at first. */
  async startLinked(): Promise<Agent> {
    const agent = this.start();
    await this.clock.advanceUntil(() => this.peer.isOpen && agent.health().outbox.waiting === 0);
    return agent;
  }

  /** Ends the agent as a power cut does, and starts the next on the same disk. */
  async restart(): Promise<Agent> {
    this.agent.kill();
    await this.clock.advance(10);
    return this.startLinked();
  }

  end(): void {
    this.agent?.kill();
    rmSync(this.directory, { recursive: true });
  }
}
