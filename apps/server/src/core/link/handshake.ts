import type { Clock, Random } from '@vakhta/kernel';
import {
  type HandshakeFacts,
  type Hello,
  isAgentProof,
  LinkClose,
  type Proof,
  proveServer,
  type SigningKey,
} from '@vakhta/link';
import type { Database } from '../../platform/postgres/database.ts';
import { findAgent, type KnownAgent } from './agent-store.ts';
import { breach } from './link-breach.ts';

export interface HandshakeDeps {
  database: Database;
  clock: Clock;
  random: Random;
  key: SigningKey;
}

/** The server's half of the mutual proof, once the agent has said who it is. */
export interface Handshake {
  agent: KnownAgent;
  /** The frame that answers the hello. */
  challenge: string;
  /** Throws a breach unless this proves that the agent holds the key it enrolled with. */
  judge(proof: Proof): void;
}

/** Throws a breach for an agent that may not connect. */
export async function beginHandshake(hello: Hello, deps: HandshakeDeps): Promise<Handshake> {
  const { database, clock, random, key } = deps;
  const agent = await findAgent(database, hello.agent);
  if (agent?.status === 'revoked') throw breach('link.revoked', 'this agent was revoked', LinkClose.revoked);
  if (!agent?.publicKey || agent.status !== 'enrolled')
    throw breach('link.unknown_agent', 'no such agent', LinkClose.refused);
  const { publicKey } = agent;
  const facts: HandshakeFacts = {
    agent: agent.id,
    agentNonce: hello.nonce,
    serverNonce: Buffer.from(random.bytes(32)).toString('base64url'),
    serverTime: clock.now(),
  };
  return {
    agent,
    challenge: JSON.stringify({
      type: 'challenge',
      nonce: facts.serverNonce,
      time: facts.serverTime,
      signature: proveServer(key, facts),
    }),
    judge(proof) {
      if (!isAgentProof(publicKey, facts, proof.signature))
        throw breach('link.wrong_proof', 'the proof does not fit the enrolled key', LinkClose.refused);
    },
  };
}
