import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres/database.ts';
import { fireDue } from '../hall/fire-due.ts';
import { type Hall, type HallRef, keyOf, readSettings } from '../hall/hall.ts';
import { applyFact } from './apply-fact.ts';
import { type Answer, Fact, type FactInput } from './fact.ts';

export interface Received {
  /** When it was so; by default when it was received. */
  at?: Date;
  now: Date;
  /** The entry of the general log it came by. One that was taken already is not taken again. */
  log?: number;
}

/** Makes a site a hall, once: everything else of it is told by facts. */
export async function openHall(ref: HallRef, now: Date): Promise<void> {
  await ref.tx
    .insertInto('casino_halls')
    .values({ ...keyOf(ref), clock: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Takes a fact into the hall's journal and derives what follows from it, in this transaction. Facts of one hall are
 * taken one after the other. Resolves to the answer of what a person did; undefined for all else.
 */
export async function recordFact(
  ref: HallRef,
  input: FactInput,
  received: Received,
): Promise<Answer | undefined> {
  const fact = Fact.parse(input);
  const clock = await lockHall(ref);
  // A clock that was set back does not make the hall live through a time twice.
  const now = new Date(Math.max(received.now.getTime(), clock.getTime()));
  // An agent knows the server's time to half a round trip: what it dates after its arrival was so when it arrived.
  const at = new Date(Math.min(received.at?.getTime() ?? now.getTime(), now.getTime()));
  const { rows } = await sql<{ id: number }>`
    insert into casino_facts (org_id, hall_id, kind, machine, at, received_at, data, log_id)
    values (${ref.organisation}, ${ref.hall}, ${fact.kind}, ${'machine' in fact ? fact.machine : null}, ${at}, ${now},
            ${JSON.stringify(fact)}::jsonb, ${received.log ?? null})
    on conflict (log_id) do nothing returning id`.execute(ref.tx);
  const id = rows[0]?.id;
  return id === undefined ? undefined : takeIn(ref, { id, fact, at, now });
}

/** Lets the hall's timers fire up to `now`. */
export async function passTime(ref: HallRef, now: Date): Promise<void> {
  const clock = await lockHall(ref);
  if (now <= clock) return;
  await advance(ref, now);
}

async function lockHall({ tx, hall }: HallRef): Promise<Date> {
  const row = await tx
    .selectFrom('casino_halls')
    .select('clock')
    .where('hall_id', '=', hall)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.clock;
}

async function advance(ref: HallRef, now: Date): Promise<void> {
  const isSet = await ref.tx
    .selectFrom('casino_settings')
    .select('hall_id')
    .where('hall_id', '=', ref.hall)
    .executeTakeFirst();
  if (isSet) await fireDue({ ...ref, settings: await readSettings(ref), now, fact: 0 }, now);
  await ref.tx.updateTable('casino_halls').set({ clock: now }).where('hall_id', '=', ref.hall).execute();
}

async function takeIn(
  ref: HallRef,
  { id, fact, at, now }: { id: number; fact: Fact; at: Date; now: Date },
): Promise<Answer | undefined> {
  await advance(ref, now);
  // The first fact of a hall is how it is set; nothing of it needs settings.
  const settings = fact.kind === 'hall.set' ? fact : await readSettings(ref);
  const hall: Hall = { ...ref, settings, now, fact: id };
  const answer = await applyFact(hall, fact, at);
  if (answer)
    await ref.tx
      .insertInto('casino_answers')
      .values({
        ...keyOf(ref),
        fact_id: id,
        ref: 'ref' in fact ? (fact.ref ?? null) : null,
        status: answer.status,
        code: answer.code,
        same_as: answer.sameAs,
      })
      .execute();
  return answer;
}

/** All derived tables, in an order in which they can be emptied. */
const derivedTables = [
  'casino_answers',
  'casino_readings',
  'casino_legs',
  'casino_entries',
  'casino_balances',
  'casino_adjustments',
  'casino_closed_days',
  'casino_transfer_steps',
  'casino_transfers',
  'casino_contributions',
  'casino_pools',
  'casino_orders',
  'casino_rows',
  'casino_day_moves',
  'casino_span_moves',
  'casino_held_deltas',
  'casino_epochs',
  'casino_sessions',
  'casino_shifts',
  'casino_handpays',
  'casino_stackers',
  'casino_alerts',
  'casino_players',
  'casino_desks',
  'casino_things',
  'casino_machines',
  'casino_agents',
  'casino_settings',
] as const;

/** SHA-256 over all that is derived of a hall. */
export async function hashDerived({ tx, organisation, hall }: HallRef): Promise<string> {
  const { rows } = await sql<{ hash: string }>`select encode(sha256(convert_to(${sql.join(
    derivedTables.map(
      (table) => sql`coalesce((select string_agg(t::text, E'\n' order by t::text collate "C")
        from ${sql.table(table)} t where org_id = ${organisation} and hall_id = ${hall}), '')`,
    ),
    sql` || E'\n\n' || `,
  )}, 'UTF8')), 'hex') as hash`.execute(tx);
  return rows[0]!.hash;
}

export interface HallRebuild {
  facts: number;
  hashBefore: string;
  hashAfter: string;
}

const PAGE = 1000;

/**
 * Empties everything derived of a hall and derives it anew from its journal. `tx` acts as the role that spans
 * organisations: the serving role may not delete what is booked.
 */
export async function rebuildHall(ref: HallRef & { tx: Tx }): Promise<HallRebuild> {
  const clock = await lockHall(ref);
  const hashBefore = await hashDerived(ref);
  for (const table of derivedTables)
    await sql`delete from ${sql.table(table)} where org_id = ${ref.organisation} and hall_id = ${ref.hall}`.execute(
      ref.tx,
    );
  let after = 0;
  let facts = 0;
  for (;;) {
    const page = await ref.tx
      .selectFrom('casino_facts')
      .select(['id', 'data', 'at', 'received_at'])
      .where('hall_id', '=', ref.hall)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { id, data, at, received_at } of page)
      await takeIn(ref, { id, fact: Fact.parse(data), at, now: received_at });
    facts += page.length;
    if (page.length < PAGE) break;
    after = page.at(-1)!.id;
  }
  await advance(ref, clock);
  return { facts, hashBefore, hashAfter: await hashDerived(ref) };
}
