import { createHash } from 'node:crypto';
import { type Clock, hours, type Instant, type Random } from '@vakhta/kernel';
import type { Tx } from '../../platform/postgres/database.ts';
import { setToken } from './agent-store.ts';

/** A person walks to the mini-PC with it: long enough for that, short enough to be worthless in an old message. */
const TOKEN_LIFETIME = hours(24);

export const hashToken = (token: string): Uint8Array => createHash('sha256').update(token).digest();

/** Makes a one-time token for an agent. Only its hash is kept; whatever let the agent in before is void. */
export async function issueToken(
  tx: Tx,
  agent: string,
  deps: { clock: Clock; random: Random },
): Promise<{ token: string; expires: Instant }> {
  const token = Buffer.from(deps.random.bytes(32)).toString('base64url');
  const expires = deps.clock.now() + TOKEN_LIFETIME;
  await setToken(tx, agent, hashToken(token), expires);
  return { token, expires };
}
