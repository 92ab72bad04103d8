import { err, type Id, ok, type Result, type UserId } from '@vakhta/kernel';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { type IdentityDeps, identityOptions } from './identity-options.ts';

/** A person who can sign in, whatever organisations they belong to. */
export interface Person {
  id: UserId;
  email: string;
  name: string;
}

export interface SessionOf {
  person: Person;
  /** Names the session to `signOut` and the like; it is the credential itself, never to be shown or logged. */
  token: string;
  /** To be set in the answer, when the session was prolonged. */
  cookies: string[];
}

/**
 * Who people are: passwords and sessions, kept by better-auth in the schema `auth`. What they may do is not known
 * here. A session is looked up in the database each time, so that it is dead the moment it was ended.
 */
export interface Identity {
  /** Null for a wrong e-mail or password, which are not told apart. */
  signIn(email: string, password: string): Promise<SessionOf | null>;
  /** Whose session a Cookie header names, if any. */
  sessionOf(cookie: string): Promise<SessionOf | null>;
  /** Returns the cookies that clear the browser's. */
  signOut(cookie: string): Promise<string[]>;
  /** Ends the person's other sessions; returns the cookies of the one that goes on. */
  changePassword(cookie: string, current: string, next: string): Promise<Result<string[], 'wrong_password'>>;
  /** For a person who forgot theirs; ends every session. */
  setPassword(user: UserId, next: string): Promise<void>;
  createPerson(person: { email: string; name: string; password: string }): Promise<Person>;
  findByEmail(email: string): Promise<Person | null>;
  findPeople(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  endSessions(user: UserId): Promise<void>;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const auth = betterAuth(identityOptions(deps));
  const withCookie = (cookie: string) => new Headers({ cookie });

  const sessionOf = async (cookie: string): Promise<SessionOf | null> => {
    const { response, headers } = await auth.api.getSession({
      headers: withCookie(cookie),
      returnHeaders: true,
    });
    if (!response) return null;
    return {
      person: toPerson(response.user),
      token: response.session.token,
      cookies: headers.getSetCookie(),
    };
  };

  return {
    sessionOf,

    async signIn(email, password) {
      try {
        const { response, headers } = await auth.api.signInEmail({
          body: { email, password },
          returnHeaders: true,
        });
        return { person: toPerson(response.user), token: response.token, cookies: headers.getSetCookie() };
      } catch (error) {
        if (error instanceof APIError && error.status === 'UNAUTHORIZED') return null;
        throw error;
      }
    },

    async signOut(cookie) {
      const { headers } = await auth.api.signOut({ headers: withCookie(cookie), returnHeaders: true });
      return headers.getSetCookie();
    },

    async changePassword(cookie, current, next) {
      try {
        const { headers } = await auth.api.changePassword({
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
          headers: withCookie(cookie),
          returnHeaders: true,
        });
        return ok(headers.getSetCookie());
      } catch (error) {
        if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD')
          return err('wrong_password');
        throw error;
      }
    },

    async setPassword(user, next) {
      const { internalAdapter, password } = await auth.$context;
      await internalAdapter.updatePassword(user, await password.hash(next));
      await internalAdapter.deleteUserSessions(user);
    },

    async createPerson({ email, name, password }) {
      const { user } = await auth.api.signUpEmail({ body: { email, name, password } });
      return toPerson(user);
    },

    async findByEmail(email) {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email);
      return found ? toPerson(found.user) : null;
    },

    async findPeople(ids) {
      const { rows } = await deps.pool.query<{ id: string; email: string; name: string }>(
        'select id, email, name from auth."user" where id = any($1::uuid[])',
        [ids],
      );
      return new Map(rows.map((row) => [row.id, toPerson(row)]));
    },

    async endSessions(user) {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUserSessions(user);
    },
  };
}

const toPerson = ({ id, email, name }: { id: string; email: string; name: string }): Person => ({
  id: id as Id<'user'>,
  email,
  name,
});
