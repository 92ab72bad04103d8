import { sql } from 'kysely';
import { type Answer, done, type FactOf, refused } from '../facts/fact.ts';
import type { Hall, HallRef } from '../hall/hall.ts';

/**
 * What agents told in a form that is not known and nobody has set aside, the newest first: all, or one message by its fact.
 * `before`: as it was when that fact came.
 */
export async function notUnderstood(
  { tx, organisation, hall }: HallRef,
  { message, before, limit = 1 }: { message?: number; before?: number; limit?: number },
): Promise<{ id: number; at: Date; machine: string; event: string; problem: string }[]> {
  const isIt = message === undefined ? sql`true` : sql`f.id = ${message}`;
  const isBefore = before === undefined ? sql`true` : sql`s.id < ${before}`;
  const { rows } = await sql<{ id: number; at: Date; machine: string; event: string; problem: string }>`
    select f.id, f.at, f.machine, f.data ->> 'event' as event, f.data ->> 'problem' as problem
    from casino_facts f
    where f.org_id = ${organisation} and f.hall_id = ${hall} and f.kind = 'notUnderstood' and ${isIt}
      and not exists (
        select from casino_facts s
        where s.org_id = f.org_id and s.hall_id = f.hall_id and s.kind = 'notUnderstood.setAside'
          and (s.data ->> 'message')::bigint = f.id and ${isBefore})
    order by f.id desc limit ${limit}`.execute(tx);
  return rows;
}

/** Somebody has looked at a message that was not understood: it stays in the journal and leaves the inbox. */
export async function setAside(hall: Hall, { message }: FactOf<'notUnderstood.setAside'>): Promise<Answer> {
  const [waiting] = await notUnderstood(hall, { message, before: hall.fact });
  return waiting ? done : refused('message_not_waiting');
}
