import { days, type Instant, type UserId } from '@vakhta/kernel';
import type pg from 'pg';
import { type BeganBy, isBeganBy } from './began-by.ts';
import { printable, type Visitor } from './visitor.ts';

const KEPT = days(180);
const MAX_DEVICE_LENGTH = 300;

export interface SignIn {
  id: string;
  at: Date;
  outcome: 'let_in' | 'refused' | 'locked_out';
  by: BeganBy | null;
  device: string;
  address: string;
}

/** Who came in or was turned away at one person's door. Nobody else reads it. */
export interface SignInHistory {
  /** For a person who is not there nothing is noted, by the same work. */
  note(user: UserId, signIn: Pick<SignIn, 'outcome' | 'by'>, from: Visitor, now: Instant): Promise<void>;
  /** Newest first, those before `before`. */
  list(user: UserId, page: { limit: number; before?: { at: string; id: string } }): Promise<SignIn[]>;
  forgetPast(now: Instant): Promise<void>;
}

export const createSignInHistory = (pool: pg.Pool): SignInHistory => ({
  async note(user, { outcome, by }, { device, address }, now) {
    await pool.query(
      `insert into auth.sign_ins (user_id, at, outcome, by, device, address)
       select id, $2, $3, $4, $5, $6 from auth."user" where id = $1`,
      [user, new Date(now), outcome, by, printable(device).slice(0, MAX_DEVICE_LENGTH), address],
    );
  },
  async list(user, { limit, before }) {
    const { rows } = await pool.query<Omit<SignIn, 'by'> & { by: string | null }>(
      `select id, at, outcome, by, device, address from auth.sign_ins
       where user_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid)) order by at desc, id desc limit $4`,
      [user, before?.at ?? null, before?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...row, by: isBeganBy(row.by) ? row.by : null }));
  },
  async forgetPast(now) {
    await pool.query('delete from auth.sign_ins where at < $1', [new Date(now - KEPT)]);
  },
});
