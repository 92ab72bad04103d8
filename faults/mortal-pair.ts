import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duration } from '@vakhta/kernel';
import { type Connect, generateSigningKey, type SigningKey } from '@vakhta/link';
import type { VirtualClock } from '@vakhta/testkit';
import type { AgentConfig } from '../apps/agent/src/main.ts';
import type { Fixture } from '../apps/server/test/fixture.ts';
import { MortalAgent, type MortalAgentDeps } from './mortal-agent.ts';
import { MortalServer, type MortalServerDeps } from './mortal-server.ts';

export interface MortalPairDeps
  extends Omit<MortalServerDeps, 'key'>,
    Pick<MortalAgentDeps, 'modules'>,
    Pick<AgentConfig, 'outbox'> {
  clock: VirtualClock;
  /** Its one agent is the pair's. */
  fixture: Fixture;
  /** Puts something between the agent and the server's end of the wire. */
  intercept?: (connect: Connect) => Connect;
}

/** An agent and its server in this process, on one virtual clock: either can die, and what the agent has on disk stays. */
export class MortalPair {
  readonly server: MortalServer;
  readonly serverKey: SigningKey;
  readonly agent: MortalAgent;
  readonly #clock: VirtualClock;
  readonly #directory = mkdtempSync(join(tmpdir(), 'vakhta-faults-'));

  constructor({ fixture, modules, outbox, intercept = (connect) => connect, ...deps }: MortalPairDeps) {
    const { clock, random, plan } = deps;
    this.#clock = clock;
    this.serverKey = generateSigningKey().key;
    this.server = new MortalServer({ ...deps, key: this.serverKey });
    this.agent = new MortalAgent(
      {
        identity: {
          server: 'http://simulated',
          agent: fixture.agent,
          organisation: fixture.organisation,
          serverKey: this.serverKey.publicKey,
        },
        key: fixture.agentKey,
        directory: this.#directory,
        outbox,
        version: '0.0.0',
      },
      { clock, random, plan, modules, connect: intercept(this.server.connect) },
    );
  }

  /** Lets time pass, and everything that is asked of the database end. */
  async pass(duration: Duration): Promise<void> {
    await this.#clock.advance(duration);
    do await this.#clock.settle();
    while (!this.server.isQuiet);
    await this.#clock.settle();
  }

  async close(): Promise<void> {
    this.agent.kill();
    this.server.die();
    await this.#clock.settle();
    this.agent.closeFile();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
