import { type Instant, systemClock } from '@vakhta/kernel';

/** Below this a difference is the network's and the Date header's whole seconds, not a wrong clock. */
const TOLERANCE = 3_000;

let offset = 0;

/** Learns how far this device's clock is from the server's, from the Date header of an answer. */
export function learnServerTime(response: Response): void {
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) return;
  const difference = date + 500 - systemClock.now();
  offset = Math.abs(difference) < TOLERANCE ? 0 : difference;
}

/** Now, by the server's clock: ages must be right on a tablet whose clock is an hour off. */
export const serverNow = (): Instant => systemClock.now() + offset;
