import type { Instant } from '@vakhta/kernel';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import type { Tx } from '../../../platform/postgres/database.ts';
import { readHorizon } from './log-horizon.ts';

/** Throws for a moment whose observations are no longer kept: what is left of it is not the whole state. */
export async function refuseUnkept(tx: Tx, at: Instant): Promise<void> {
  const horizon = await readHorizon(tx, ['property', 'presence']);
  if (horizon === undefined || at >= horizon) return;
  const since = new Date(horizon).toISOString();
  throw new HttpProblem('not_kept', `what was observed before ${since} is no longer kept`, { field: 'at' });
}
