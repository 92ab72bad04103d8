import type { Response } from '../../frames/index.ts';
import { messageByCode } from '../../messages/index.ts';

/**
 * Whether `response` can be the answer of the machine at `address` to `pending`. An ACK where data belong is the stump
 * of a damaged answer; data must be of the command that was sent.
 */
export function fits(response: Response, address: number, pending: string): boolean {
  if ('address' in response && response.address !== address) return false;
  if ('crcOk' in response && !response.crcOk) return false;
  const { message } = response;
  if (pending === 'GP') return message === 'exception' || message === 'event' || message === 'romSignature';
  if (message === 'data') return response.command === pending;
  if (message === 'exception') return false;
  return message !== 'ack' || messageByCode(pending)?.message.response.kind !== 'data';
}

/** Facts 1.3: three in all. What is to be had once is tried longer, since to give up acknowledges it. */
const tries = { plain: 3, once: 6, damaged: 12 } as const;

/** How often a poll is sent before it is given up. `damaged`: the machine does answer, but nothing can be read. */
export function mostTries(pending: string, damaged: boolean): number {
  if (damaged) return tries.damaged;
  const isOnce = pending === 'GP' || (messageByCode(pending)?.message.oneShot ?? false);
  return isOnce ? tries.once : tries.plain;
}
