import { createHash } from 'node:crypto';
import { type Clock, type Duration, type Instant, minutes } from '@vakhta/kernel';
import type pg from 'pg';

/**
 * How often something may fail for one key, counted by all servers on one database together. Only failures count; an attempt
 * is counted before its outcome is known, so that a hundred at once are not a hundred guesses.
 */
export interface Attempts {
  /** False: refused. Otherwise it counts as failed until `forgive` says it was not. */
  begin(key: string): Promise<boolean>;
  forgive(key: string): Promise<void>;
  /** Whether the next attempt will be refused. */
  isSpent(key: string): Promise<boolean>;
  /** As if nothing had failed. */
  clear(key: string): Promise<void>;
}

export interface AttemptsOptions {
  /** Told apart from the keys of other limits. */
  kind: string;
  failures: number;
  period?: Duration;
}

export function createAttempts(
  pool: pg.Pool,
  clock: Pick<Clock, 'now'>,
  { kind, failures, period = minutes(15) }: AttemptsOptions,
): Attempts {
  const hash = (key: string) => createHash('sha256').update(`${kind} ${key}`).digest();
  return {
    async begin(key) {
      const now = clock.now();
      const { rowCount } = await pool.query(
        `insert into auth.attempts as a (key, failures, until) values ($1, 1, $3)
         on conflict (key) do update set
           failures = case when a.until <= $2 then 1 else a.failures + 1 end,
           until = case when a.until <= $2 then excluded.until else a.until end
         where a.until <= $2 or a.failures < $4`,
        [hash(key), new Date(now), new Date(now + period), failures],
      );
      return rowCount === 1;
    },
    async forgive(key) {
      await pool.query('update auth.attempts set failures = failures - 1 where key = $1 and failures > 0', [
        hash(key),
      ]);
    },
    async isSpent(key) {
      const { rowCount } = await pool.query(
        'select from auth.attempts where key = $1 and until > $2 and failures >= $3',
        [hash(key), new Date(clock.now()), failures],
      );
      return rowCount === 1;
    },
    async clear(key) {
      await pool.query('delete from auth.attempts where key = $1', [hash(key)]);
    },
  };
}

/** Drops what is over. */
export async function forgetPastAttempts(pool: pg.Pool, now: Instant): Promise<void> {
  await pool.query('delete from auth.attempts where until <= $1', [new Date(now)]);
}
