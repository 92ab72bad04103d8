import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Account, BrowserSession } from './principal.ts';

/** The browser's session, of which an API token has none. */
export function requireSession({ session }: Account): BrowserSession {
  if (!session) throw new HttpProblem('forbidden', 'an API token has no session; sign in');
  return session;
}
