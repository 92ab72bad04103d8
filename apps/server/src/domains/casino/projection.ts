import { sql } from 'kysely';
import * as z from 'zod';
import type { Logged } from '../../core/ingest/logged.ts';
import type { Projection } from '../../core/ingest/projection.ts';
import type { Tx } from '../../platform/postgres/database.ts';
import { type FactInput, Told, toldKinds } from './facts/fact.ts';
import { recordFact } from './facts/journal.ts';

interface Place {
  hall: string;
  machine: string;
}

/**
 * Takes what slot machines told from the general log into the halls' journals. The journal knows which entries it has:
 * applying the log again takes nothing twice. All that is derived is rebuilt from the journal, where people's acts
 * stand in their order between the machines' words, and not from the log.
 */
export const casinoProjection: Projection = {
  name: 'casino',
  tables: [],
  takes: ['event'],
  async apply(tx, batch) {
    const events = batch.filter(({ kind, thing }) => kind === 'event' && thing !== null);
    const places = await placesOf(tx, events);
    const told = events.flatMap((entry) => {
      const place = places.get(entry.thing!);
      return place && toldKinds.has(entry.name) ? [{ entry, place, fact: factOf(entry, place) }] : [];
    });
    const received = await receivedAt(
      tx,
      told.map(({ entry }) => entry.id),
    );
    for (const { entry, place, fact } of told)
      await recordFact({ tx, organisation: entry.organisation, hall: place.hall }, fact, {
        at: new Date(entry.at),
        now: received.get(entry.id)!,
        log: entry.id,
      });
  },
};

/** What the machine told; where it is not of the form we know, that much is kept for people to see. */
function factOf(entry: Logged, { machine }: Place): FactInput {
  const parsed = Told.safeParse({ ...asObject(entry.data), kind: entry.name, machine });
  if (parsed.success) return parsed.data;
  return { kind: 'notUnderstood', machine, event: entry.name, problem: z.prettifyError(parsed.error) };
}

const asObject = (data: Logged['data']): object =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};

async function placesOf(tx: Tx, events: readonly Logged[]): Promise<Map<string, Place>> {
  const rows = await tx
    .selectFrom('casino_things')
    .select(['thing_id', 'hall_id', 'machine'])
    .where(sql<boolean>`thing_id = any(${[...new Set(events.map(({ thing }) => thing))]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ thing_id, hall_id, machine }) => [thing_id, { hall: hall_id, machine }]));
}

async function receivedAt(tx: Tx, ids: readonly number[]): Promise<Map<number, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('log')
    .select(['id', 'received_at'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, received_at }) => [id, received_at]));
}
