import type { MadeCredential } from '@vakhta/api';
import { err, type Json, ok, type Result, type UserId } from '@vakhta/kernel';
import { APIError } from 'better-auth/api';
import type pg from 'pg';
import type { Auth } from './identity-options.ts';
import { headersOf } from './visitor.ts';

export interface Passkey {
  id: string;
  name: string;
  createdAt: Date;
}

/** What the browser's `navigator.credentials` is asked with, and the cookie that remembers the challenge. */
export interface Challenge {
  options: Json;
  cookies: string[];
}

/** Passkeys (WebAuthn) of the desk as it is opened at `origin`: a passkey made there opens it there alone. */
export interface Passkeys {
  list(user: UserId): Promise<Passkey[]>;
  challengeToAdd(origin: URL, cookie: string): Promise<Challenge>;
  add(
    origin: URL,
    cookie: string,
    answer: { name: string; credential: MadeCredential },
  ): Promise<Result<Passkey, 'not_verified'>>;
  /** False: there is no such passkey of this person. */
  rename(user: UserId, passkey: string, name: string): Promise<boolean>;
  remove(user: UserId, passkey: string): Promise<boolean>;
}

interface Row {
  id: string;
  name: string | null;
  createdAt: Date | null;
}

const toPasskey = ({ id, name, createdAt }: Row): Passkey => ({
  id,
  name: name ?? '',
  createdAt: createdAt ?? new Date(0),
});

export const createPasskeys = (authAt: (origin: URL) => Auth, pool: pg.Pool): Passkeys => ({
  async list(user) {
    const { rows } = await pool.query<Row>(
      'select id, name, "createdAt" from auth."passkey" where "userId" = $1 order by "createdAt", id',
      [user],
    );
    return rows.map(toPasskey);
  },
  async challengeToAdd(origin, cookie) {
    const { response, headers } = await authAt(origin).api.generatePasskeyRegistrationOptions({
      headers: headersOf({ cookie }),
      returnHeaders: true,
    });
    return { options: toJson(response), cookies: headers.getSetCookie() };
  },
  async add(origin, cookie, { name, credential }) {
    try {
      const made = await authAt(origin).api.verifyPasskeyRegistration({
        body: { name, response: credential },
        headers: headersOf({ cookie }),
      });
      return ok(toPasskey({ id: made.id, name: made.name ?? null, createdAt: made.createdAt }));
    } catch (error) {
      if (error instanceof APIError) return err('not_verified');
      throw error;
    }
  },
  async rename(user, passkey, name) {
    const { rowCount } = await pool.query(
      'update auth."passkey" set name = $3 where "userId" = $1 and id = $2',
      [user, passkey, name],
    );
    return rowCount === 1;
  },
  async remove(user, passkey) {
    const { rowCount } = await pool.query('delete from auth."passkey" where "userId" = $1 and id = $2', [
      user,
      passkey,
    ]);
    return rowCount === 1;
  },
});

/** What the library gives is plain data with members that may be undefined. */
export const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
