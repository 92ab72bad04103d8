import { isSignedBy, type SigningKey } from './keys.ts';

/**
 * Mutual proof at connect. Each side signs both nonces and the agent's id under its own label, so that neither proof
 * can be replayed, reflected, or used with another agent. The server's proof also covers its clock, which the agent
 * then judges deadlines by.
 */
export interface HandshakeFacts {
  agent: string;
  agentNonce: string;
  serverNonce: string;
  /** The server's clock when it made the challenge. */
  serverTime: number;
}

const text = (label: 'server' | 'agent', facts: HandshakeFacts): string =>
  ['vakhta-link-1', label, facts.agent, facts.agentNonce, facts.serverNonce, facts.serverTime].join('|');

export const proveServer = (key: SigningKey, facts: HandshakeFacts): string =>
  key.sign(text('server', facts));
export const proveAgent = (key: SigningKey, facts: HandshakeFacts): string => key.sign(text('agent', facts));

export const isServerProof = (publicKey: string, facts: HandshakeFacts, signature: string): boolean =>
  isSignedBy(publicKey, text('server', facts), signature);
export const isAgentProof = (publicKey: string, facts: HandshakeFacts, signature: string): boolean =>
  isSignedBy(publicKey, text('agent', facts), signature);
