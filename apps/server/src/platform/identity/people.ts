import type { UserId } from '@vakhta/kernel';
import type pg from 'pg';

/** A person who can sign in, whatever organisations they belong to. */
export interface Person {
  id: UserId;
  email: string;
  name: string;
}

export const toPerson = ({ id, email, name }: { id: string; email: string; name: string }): Person => ({
  id: id as UserId,
  email,
  name,
});

export async function findPeople(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const { rows } = await pool.query<{ id: string; email: string; name: string }>(
    'select id, email, name from auth."user" where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, toPerson(row)]));
}

/** Erases the person with their password, sessions, second factor and passkeys. */
export async function erasePerson(pool: pg.Pool, user: UserId): Promise<void> {
  await pool.query('delete from auth."verification" where value = $1::text', [user]);
  await pool.query('delete from auth."user" where id = $1', [user]);
}
