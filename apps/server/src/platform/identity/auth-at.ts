import { type Auth, createAuth, type IdentityDeps } from './identity-options.ts';

/** A desk has one address, or a few behind a proxy; whoever makes up Host headers shall not fill our memory. */
const MAX_ORIGINS = 8;

/** The library takes the site that passkeys belong to when it is made: one of it per address the desk is opened at. */
export function createAuthAt(deps: IdentityDeps): (origin: URL) => Auth {
  const made = new Map<string, Auth>();
  return (origin) => {
    const known = made.get(origin.origin);
    if (known) return known;
    if (made.size >= MAX_ORIGINS) made.clear();
    const auth = createAuth(deps, origin);
    made.set(origin.origin, auth);
    return auth;
  };
}
