import type { ProvenCredential } from '@vakhta/api';
import { type Clock, err, minutes, ok, type Result, type UserId } from '@vakhta/kernel';
import { APIError } from 'better-auth/api';
import { HttpProblem } from '../http/http-problem.ts';
import { createAuthAt } from './auth-at.ts';
import { type BeganBy, isBeganBy } from './began-by.ts';
import { createAuth, type IdentityDeps } from './identity-options.ts';
import { type Challenge, createPasskeys, type Passkeys, toJson } from './passkeys.ts';
import { createPasswordResets, type PasswordResets } from './password-resets.ts';
import { erasePerson, findPeople, type Person, toPerson } from './people.ts';
import { createSecondFactor, type SecondFactor } from './second-factor.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createSignInHistory, type SignInHistory } from './sign-in-history.ts';
import { headersOf, type Visitor } from './visitor.ts';

export type { Person } from './people.ts';

/** The session that a cookie names. */
export interface SessionOf {
  id: string;
  person: Person;
  by: BeganBy | null;
  /** Whether this person's password alone opens nothing. */
  secondFactor: boolean;
  /** To be set in the answer, when the session was prolonged. */
  cookies: string[];
}

/** A person let in. */
export interface Entered {
  person: Person;
  by: BeganBy;
  /** To be set in the answer: they hold the session. */
  cookies: string[];
}

/** The password was right, and a code is to follow: `cookies` remember for ten minutes who is half way in. */
export interface CodeNeeded {
  codeNeeded: true;
  cookies: string[];
}

/**
 * Who people are: passwords, second factors, passkeys and sessions, kept by better-auth in the schema `auth`. What they
 * may do is not known here. A session is looked up in the database each time, so that it is dead the moment it was ended.
 */
export interface Identity {
  /** Null for a wrong e-mail or password, which are not told apart. */
  signIn(email: string, password: string, from?: Visitor): Promise<Entered | CodeNeeded | null>;
  /** The second step, by a code of the app or one of the recovery codes. */
  signInByCode(
    cookie: string,
    given: { code: string } | { recoveryCode: string },
    from?: Visitor,
  ): Promise<Result<Entered, 'wrong_code' | 'locked_out' | 'begin_again'>>;
  challengeToSignIn(origin: URL): Promise<Challenge>;
  /** Null for a passkey that is not known here or did not prove itself. */
  signInByPasskey(
    origin: URL,
    cookie: string,
    credential: ProvenCredential,
    from?: Visitor,
  ): Promise<Entered | null>;
  /** Whose session a Cookie header names, if any. */
  sessionOf(cookie: string): Promise<SessionOf | null>;
  /** Returns the cookies that clear the browser's. */
  signOut(cookie: string): Promise<string[]>;
  /** Ends the person's other sessions; returns the cookies of the one that goes on. */
  changePassword(
    cookie: string,
    current: string,
    next: string,
    from?: Visitor,
  ): Promise<Result<string[], 'wrong_password'>>;
  isPasswordOf(cookie: string, password: string): Promise<boolean>;
  /** For a person who forgot theirs; ends every session. */
  setPassword(user: UserId, next: string): Promise<void>;
  /** Throws 'conflict' where somebody has this e-mail. */
  createPerson(person: { email: string; name: string; password: string }): Promise<Person>;
  findByEmail(email: string): Promise<Person | null>;
  findPeople(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  erasePerson(user: UserId): Promise<void>;
  endSessions(user: UserId): Promise<void>;
  readonly sessions: SessionStore;
  readonly secondFactor: SecondFactor;
  readonly passkeys: Passkeys;
  readonly resets: PasswordResets;
  readonly signIns: SignInHistory;
}

/** A use is noted at most this often. */
const LAST_USED_EVERY = minutes(1);

export function createIdentity(deps: IdentityDeps & { clock: Pick<Clock, 'now'> }): Identity {
  const { pool, clock } = deps;
  const auth = createAuth(deps);
  const authAt = createAuthAt(deps);
  const sessions = createSessionStore(pool);

  const sessionOf = async (cookie: string): Promise<SessionOf | null> => {
    const { response, headers } = await auth.api.getSession({
      headers: headersOf({ cookie }),
      returnHeaders: true,
    });
    if (!response) return null;
    const { session, user } = response;
    if (session.updatedAt.getTime() < clock.now() - LAST_USED_EVERY) await sessions.touch(session.id);
    return {
      id: session.id,
      person: toPerson(user),
      by: isBeganBy(session.signedInBy) ? session.signedInBy : null,
      secondFactor: user.twoFactorEnabled ?? false,
      cookies: headers.getSetCookie(),
    };
  };

  const findByEmail = async (email: string): Promise<Person | null> => {
    const { internalAdapter } = await auth.$context;
    const found = await internalAdapter.findUserByEmail(email);
    return found ? toPerson(found.user) : null;
  };

  return {
    sessionOf,
    sessions,
    secondFactor: createSecondFactor(auth, pool),
    passkeys: createPasskeys(authAt, pool),
    resets: createPasswordResets(pool),
    signIns: createSignInHistory(pool),

    async signIn(email, password, from) {
      try {
        const { response, headers } = await auth.api.signInEmail({
          body: { email, password },
          headers: headersOf({ from }),
          returnHeaders: true,
        });
        const cookies = headers.getSetCookie();
        // The plugin's answer replaces the one that the endpoint declares.
        if ('twoFactorRedirect' in response) return { codeNeeded: true, cookies };
        return { person: toPerson(response.user), by: 'password', cookies };
      } catch (error) {
        if (error instanceof APIError && error.status === 'UNAUTHORIZED') return null;
        throw error;
      }
    },

    async signInByCode(cookie, given, from) {
      // Whoever else may be signed in here: this step belongs to who gave the password.
      const headers = headersOf({ cookie: halfWayOnly(cookie), from });
      try {
        const done =
          'code' in given
            ? await auth.api.verifyTOTP({ body: { code: given.code }, headers, returnHeaders: true })
            : await auth.api.verifyBackupCode({
                body: { code: given.recoveryCode },
                headers,
                returnHeaders: true,
              });
        return ok({ person: toPerson(done.response.user), by: 'code', cookies: done.headers.getSetCookie() });
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        const code = String(error.body?.code);
        if (code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE') return err('wrong_code');
        if (code === 'ACCOUNT_TEMPORARILY_LOCKED') return err('locked_out');
        return err('begin_again');
      }
    },

    async challengeToSignIn(origin) {
      const { response, headers } = await authAt(origin).api.generatePasskeyAuthenticationOptions({
        headers: new Headers(),
        returnHeaders: true,
      });
      return {
        options: toJson({ ...response, userVerification: 'required' }),
        cookies: headers.getSetCookie(),
      };
    },

    async signInByPasskey(origin, cookie, credential, from) {
      try {
        const { response, headers } = await authAt(origin).api.verifyPasskeyAuthentication({
          body: { response: credential },
          headers: headersOf({ cookie, from }),
          returnHeaders: true,
        });
        return { person: toPerson(response.user), by: 'passkey', cookies: headers.getSetCookie() };
      } catch (error) {
        if (error instanceof APIError) return null;
        throw error;
      }
    },

    async signOut(cookie) {
      const { headers } = await auth.api.signOut({ headers: headersOf({ cookie }), returnHeaders: true });
      return headers.getSetCookie();
    },

    async changePassword(cookie, current, next, from) {
      const before = await sessionOf(cookie);
      try {
        const { headers } = await auth.api.changePassword({
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
          headers: headersOf({ cookie, from }),
          returnHeaders: true,
        });
        // The library makes the session anew and forgets how it was begun; there is one only.
        await pool.query('update auth."session" set "signedInBy" = $2 where "userId" = $1', [
          before?.person.id,
          before?.by,
        ]);
        return ok(headers.getSetCookie());
      } catch (error) {
        if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD')
          return err('wrong_password');
        throw error;
      }
    },

    async isPasswordOf(cookie, password) {
      try {
        await auth.api.verifyPassword({ body: { password }, headers: headersOf({ cookie }) });
        return true;
      } catch (error) {
        if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD') return false;
        throw error;
      }
    },

    async setPassword(user, next) {
      const { internalAdapter, password } = await auth.$context;
      await internalAdapter.updatePassword(user, await password.hash(next));
      await internalAdapter.deleteUserSessions(user);
    },

    async createPerson({ email, name, password }) {
      try {
        const { user } = await auth.api.signUpEmail({ body: { email, name, password } });
        return toPerson(user);
      } catch (error) {
        // Made at this very moment by somebody else, too.
        if (error instanceof APIError && (await findByEmail(email)))
          throw new HttpProblem('conflict', 'somebody signs in by this e-mail already', {
            field: 'email',
            rule: 'unique',
          });
        throw error;
      }
    },

    findByEmail,

    findPeople: (ids) => findPeople(pool, ids),
    erasePerson: (user) => erasePerson(pool, user),

    async endSessions(user) {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUserSessions(user);
    },
  };
}

const halfWayOnly = (cookie: string): string =>
  cookie
    .split(/;\s*/)
    .filter((one) => one.split('=', 1)[0]?.endsWith('.two_factor'))
    .join('; ');
