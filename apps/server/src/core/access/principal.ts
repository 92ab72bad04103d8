import type { Permission, Role } from '@vakhta/api';
import type { MemberId, OrganisationId, UserId } from '@vakhta/kernel';
import type { HttpProblem } from '../../platform/http/http-problem.ts';
import type { BeganBy } from '../../platform/identity/began-by.ts';

/** A member acting in one organisation: who asks, where, and what they may do there. */
export interface Principal {
  organisation: OrganisationId;
  member: MemberId;
  user: UserId;
  name: string;
  roles: Role[];
  permissions: ReadonlySet<Permission>;
  via: 'session' | 'token';
  /** What the token was made for, where it may do less than its member. */
  limit?: ReadonlySet<Permission>;
}

/** Somebody signed in, wherever they belong. */
export interface Account {
  user: UserId;
  /** In the organisation of the request; null for a person who belongs to none, or not to the one named. */
  principal: Principal | null;
  /** The browser's session; null where an API token was given. */
  session: BrowserSession | null;
  /** Why there is no principal, where there is more to say than that this is no member. */
  refusal?: HttpProblem;
}

export interface BrowserSession {
  id: string;
  /** The Cookie header it came by. */
  cookie: string;
  /** Set-Cookie headers for the answer: a session in use is prolonged. */
  renewed: readonly string[];
  by: BeganBy | null;
  /** Whether more than a password stands behind it. */
  secondFactor: boolean;
}
