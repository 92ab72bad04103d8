import { err, InternalError, ok, type Result, type UserId } from '@vakhta/kernel';
import { APIError } from 'better-auth/api';
import type pg from 'pg';
import type { Auth } from './identity-options.ts';
import { headersOf } from './visitor.ts';

export interface Enrolment {
  /** 'otpauth://totp/…': what an authenticator app reads as a QR code. */
  uri: string;
  /** Each lets its person in once without the app. */
  recoveryCodes: string[];
}

/** Codes by time (TOTP, RFC 6238) as the second factor, with recovery codes. Every change asks for the password. */
export interface SecondFactor {
  isOn(user: UserId): Promise<boolean>;
  /** Begins anew where it was begun before but not confirmed. */
  begin(cookie: string, password: string): Promise<Result<Enrolment, 'wrong_password' | 'already_on'>>;
  /** From here on it is asked for; returns the cookies of the session that replaces this one. */
  confirm(cookie: string, code: string): Promise<Result<string[], 'wrong_code' | 'not_begun'>>;
  /** Returns the cookies of the session that replaces this one. */
  turnOff(cookie: string, password: string): Promise<Result<string[], 'wrong_password'>>;
  /** The former codes are void. */
  renewRecoveryCodes(
    cookie: string,
    password: string,
  ): Promise<Result<string[], 'wrong_password' | 'not_on'>>;
  /** For a person who lost both the app and the codes. */
  takeAway(user: UserId): Promise<void>;
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof APIError && codes.includes(String(error.body?.code));

export const createSecondFactor = (auth: Auth, pool: pg.Pool): SecondFactor => ({
  async isOn(user) {
    const { rows } = await pool.query<{ on: boolean | null }>(
      'select "twoFactorEnabled" as on from auth."user" where id = $1',
      [user],
    );
    return rows[0]?.on ?? false;
  },
  async begin(cookie, password) {
    try {
      const answer = await auth.api.enableTwoFactor({
        body: { password, method: 'totp' },
        headers: headersOf({ cookie }),
      });
      if (answer.method !== 'totp')
        throw new InternalError('identity.wrong_method', 'asked for codes by time, given another method');
      return ok({ uri: answer.totpURI, recoveryCodes: answer.backupCodes });
    } catch (error) {
      if (hasCode(error, 'INVALID_PASSWORD')) return err('wrong_password');
      if (hasCode(error, 'TOTP_ALREADY_ENABLED')) return err('already_on');
      throw error;
    }
  },
  async confirm(cookie, code) {
    try {
      const { headers } = await auth.api.verifyTOTP({
        body: { code },
        headers: headersOf({ cookie }),
        returnHeaders: true,
      });
      return ok(headers.getSetCookie());
    } catch (error) {
      if (hasCode(error, 'INVALID_CODE')) return err('wrong_code');
      if (hasCode(error, 'TOTP_NOT_ENABLED')) return err('not_begun');
      throw error;
    }
  },
  async turnOff(cookie, password) {
    try {
      const { headers } = await auth.api.disableTwoFactor({
        body: { password },
        headers: headersOf({ cookie }),
        returnHeaders: true,
      });
      return ok(headers.getSetCookie());
    } catch (error) {
      if (hasCode(error, 'INVALID_PASSWORD')) return err('wrong_password');
      throw error;
    }
  },
  async renewRecoveryCodes(cookie, password) {
    try {
      const { backupCodes } = await auth.api.generateBackupCodes({
        body: { password },
        headers: headersOf({ cookie }),
      });
      return ok(backupCodes);
    } catch (error) {
      if (hasCode(error, 'INVALID_PASSWORD')) return err('wrong_password');
      if (hasCode(error, 'TWO_FACTOR_NOT_ENABLED')) return err('not_on');
      throw error;
    }
  },
  async takeAway(user) {
    await pool.query('delete from auth."twoFactor" where "userId" = $1', [user]);
    await pool.query('update auth."user" set "twoFactorEnabled" = false where id = $1', [user]);
  },
});
