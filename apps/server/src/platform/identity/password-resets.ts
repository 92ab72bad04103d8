import type { Language } from '@vakhta/api';
import type { Instant, UserId } from '@vakhta/kernel';
import type pg from 'pg';

/** A link that is to be mailed. */
export interface DueReset {
  id: string;
  user: UserId;
  email: string;
  language: Language;
  attempt: number;
}

/** Requests of people who forgot their password. A row stands for a link; it goes when the link was used. */
export interface PasswordResets {
  /** The same work whether anybody has this e-mail or not: the answer's time tells nobody. */
  request(
    reset: { id: string; email: string; language: Language },
    times: { now: Instant; expires: Instant },
  ): Promise<void>;
  takeDue(now: Instant, lease: Instant): Promise<DueReset[]>;
  markSent(id: string, now: Instant): Promise<void>;
  markUnsent(id: string, again: Instant, reason: string): Promise<void>;
  /** Whose link this is; it and every other of theirs is void from here on. */
  spend(id: string, now: Instant): Promise<UserId | undefined>;
  isGood(id: string, now: Instant): Promise<boolean>;
  forgetPast(now: Instant): Promise<void>;
}

const at = (instant: Instant) => new Date(instant);

export const createPasswordResets = (pool: pg.Pool): PasswordResets => ({
  async request({ id, email, language }, { now, expires }) {
    await pool.query(
      `insert into auth.password_resets (id, user_id, language, requested_at, expires_at, mail_due_at)
       select $1, id, $3, $4, $5, $4 from auth."user" where email = $2`,
      [id, email, language, at(now), at(expires)],
    );
  },
  async takeDue(now, lease) {
    const { rows } = await pool.query<DueReset>(
      `update auth.password_resets r set mail_due_at = $2, mail_attempts = mail_attempts + 1
       from auth."user" u where u.id = r.user_id and r.mailed_at is null and r.mail_due_at <= $1 and r.expires_at > $1
       returning r.id, r.user_id as user, u.email, r.language, r.mail_attempts as attempt`,
      [at(now), at(lease)],
    );
    return rows;
  },
  async markSent(id, now) {
    await pool.query('update auth.password_resets set mailed_at = $2, mail_error = null where id = $1', [
      id,
      at(now),
    ]);
  },
  async markUnsent(id, again, reason) {
    await pool.query('update auth.password_resets set mail_due_at = $2, mail_error = $3 where id = $1', [
      id,
      at(again),
      reason,
    ]);
  },
  async spend(id, now) {
    const { rows } = await pool.query<{ user: UserId }>(
      `delete from auth.password_resets
       where user_id = (select user_id from auth.password_resets where id = $1 and expires_at > $2)
       returning user_id as user`,
      [id, at(now)],
    );
    return rows[0]?.user;
  },
  async isGood(id, now) {
    const { rowCount } = await pool.query(
      'select from auth.password_resets where id = $1 and expires_at > $2',
      [id, at(now)],
    );
    return rowCount === 1;
  },
  async forgetPast(now) {
    await pool.query('delete from auth.password_resets where expires_at <= $1', [at(now)]);
  },
});
