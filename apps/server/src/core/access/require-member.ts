import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Account, Principal } from './principal.ts';

/** For routes that need an organisation but no permission in it. */
export function requireMember({ principal, refusal }: Account): Principal {
  if (!principal) throw refusal ?? new HttpProblem('forbidden', 'you are not a member of this organisation');
  return principal;
}
