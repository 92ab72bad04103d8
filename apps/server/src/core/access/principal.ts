import type { Permission, Role } from '@vakhta/api';
import type { MemberId, OrganisationId, UserId } from '@vakhta/kernel';

/** A member acting in one organisation: who asks, where, and what they may do there. */
export interface Principal {
  organisation: OrganisationId;
  member: MemberId;
  user: UserId;
  name: string;
  roles: Role[];
  permissions: ReadonlySet<Permission>;
  via: 'session' | 'token';
}

/** Somebody signed in, wherever they belong. */
export interface Account {
  user: UserId;
  /** In the organisation of the request; null for a person who belongs to none, or not to the one named. */
  principal: Principal | null;
  /** The browser's session; null where an API token was given. */
  session: BrowserSession | null;
}

export interface BrowserSession {
  /** The Cookie header it came by. */
  cookie: string;
  /** Set-Cookie headers for the answer: a session in use is prolonged. */
  renewed: readonly string[];
}
