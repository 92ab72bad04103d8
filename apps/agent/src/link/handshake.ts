import { type AgentId, type Clock, type Duration, err, ok, type Random, type Result } from '@vakhta/kernel';
import {
  Challenge,
  type Frame,
  type Hello,
  isServerProof,
  LINK_VERSION,
  proveAgent,
  type SigningKey,
} from '@vakhta/link';
import type * as z from 'zod';
import { parseFrame } from './parse-frame.ts';
import type { ServerTime } from './server-time.ts';

export interface HandshakeDeps {
  agent: AgentId;
  key: SigningKey;
  /** The key pinned at enrolment. */
  serverKey: string;
  serverTime: ServerTime;
  clock: Clock;
  random: Random;
}

/**
 * The agent's half of the mutual proof: greet, judge the server's challenge, prove oneself. The server goes first: one
 * that does not hold the pinned key learns no more than the agent's id. Measures the server's time on the way.
 */
export class Handshake {
  readonly #deps: HandshakeDeps;
  readonly #nonce: string;
  readonly #since: Duration;

  constructor(deps: HandshakeDeps) {
    this.#deps = deps;
    this.#nonce = Buffer.from(deps.random.bytes(32)).toString('base64url');
    this.#since = deps.clock.monotonic();
  }

  hello(): z.input<typeof Hello> {
    return { type: 'hello', version: LINK_VERSION, agent: this.#deps.agent, nonce: this.#nonce };
  }

  /** The agent's signature over the challenge, or why there is none. */
  answer(frame: Frame): Result<string, 'not_a_challenge' | 'wrong_key'> {
    const { agent, key, serverKey, serverTime, clock } = this.#deps;
    const challenge = parseFrame(Challenge, frame);
    if (!challenge) return err('not_a_challenge');
    const facts = {
      agent,
      agentNonce: this.#nonce,
      serverNonce: challenge.nonce,
      serverTime: challenge.time,
    };
    if (!isServerProof(serverKey, facts, challenge.signature)) return err('wrong_key');
    serverTime.measured(challenge.time, clock.monotonic() - this.#since);
    return ok(proveAgent(key, facts));
  }
}
