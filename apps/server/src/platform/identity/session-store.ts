import type { UserId } from '@vakhta/kernel';
import type pg from 'pg';
import { type BeganBy, isBeganBy } from './began-by.ts';

/** A browser in which a person is signed in. */
export interface KnownSession {
  id: string;
  device: string;
  address: string;
  by: BeganBy | null;
  startedAt: Date;
  lastUsedAt: Date;
}

/** Sessions as rows: the library lists and ends them by their token, which we show to nobody. */
export interface SessionStore {
  /** Latest used first. */
  list(user: UserId): Promise<KnownSession[]>;
  /** False: there is no such session of this person. */
  end(user: UserId, session: string): Promise<boolean>;
  /** Ends all but the one to be kept. */
  endOthers(user: UserId, kept: string): Promise<void>;
  /** Notes that it is in use. */
  touch(session: string): Promise<void>;
}

interface Row {
  id: string;
  device: string | null;
  address: string | null;
  by: string | null;
  started_at: Date;
  last_used_at: Date;
}

export const createSessionStore = (pool: pg.Pool): SessionStore => ({
  async list(user) {
    const { rows } = await pool.query<Row>(
      `select id, "userAgent" as device, "ipAddress" as address, "signedInBy" as by,
         "createdAt" as started_at, "updatedAt" as last_used_at
       from auth."session" where "userId" = $1 and "expiresAt" > now() order by "updatedAt" desc, id`,
      [user],
    );
    return rows.map((row) => ({
      id: row.id,
      device: row.device ?? '',
      address: row.address ?? '',
      by: isBeganBy(row.by) ? row.by : null,
      startedAt: row.started_at,
      lastUsedAt: row.last_used_at,
    }));
  },
  async end(user, session) {
    const { rowCount } = await pool.query('delete from auth."session" where "userId" = $1 and id = $2', [
      user,
      session,
    ]);
    return rowCount === 1;
  },
  async endOthers(user, kept) {
    await pool.query('delete from auth."session" where "userId" = $1 and id <> $2', [user, kept]);
  },
  async touch(session) {
    await pool.query('update auth."session" set "updatedAt" = now() where id = $1', [session]);
  },
});
