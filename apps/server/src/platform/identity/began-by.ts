/** How a session was begun. 'code': a password, and then a code of the second factor. */
export type BeganBy = 'password' | 'code' | 'passkey';

const byPath: Readonly<Record<string, BeganBy>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'code',
  '/two-factor/verify-backup-code': 'code',
  '/passkey/verify-authentication': 'passkey',
};

/** By the library's endpoint that makes the session; undefined where an older session is merely replaced. */
export const beganBy = (path: string | undefined): BeganBy | undefined => byPath[path ?? ''];

export const isBeganBy = (text: unknown): text is BeganBy =>
  text === 'password' || text === 'code' || text === 'passkey';
