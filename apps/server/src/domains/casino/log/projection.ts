import { sql } from 'kysely';
import type { Logged } from '../../../core/ingest/logged.ts';
import type { Projection } from '../../../core/ingest/projection.ts';
import type { Tx } from '../../../platform/postgres/database.ts';
import { recordFact } from '../facts/journal.ts';
import type { Place } from './driver-events.ts';
import { factOf, factOfAgent, isTold } from './fact-of-event.ts';

/**
 * Takes what slot machines told from the general log into the halls' journals. The journal knows which entries it has:
 * applying the log again takes nothing twice. All that is derived is rebuilt from the journal, where people's acts
 * stand in their order between the machines' words, and not from the log.
 */
export const casinoProjection: Projection = {
  name: 'casino',
  tables: [],
  takes: ['event', 'agent'],
  async apply(tx, batch) {
    const events = batch.filter(({ kind, thing }) => kind === 'event' && thing !== null);
    const ofAgents = batch.filter(({ kind }) => kind === 'agent');
    const places = await placesOf(tx, events);
    const halls = await hallsOf(tx, ofAgents);
    const told = batch.flatMap((entry) => {
      const place = entry.kind === 'event' && entry.thing !== null ? places.get(entry.thing) : undefined;
      const hall = entry.kind === 'agent' ? halls.get(entry.agent) : place?.hall;
      const fact =
        entry.kind === 'agent'
          ? factOfAgent(entry)
          : place && isTold(entry.name)
            ? factOf(entry, place)
            : undefined;
      return hall !== undefined && fact ? [{ entry, hall, fact }] : [];
    });
    const received = await receivedAt(
      tx,
      told.map(({ entry }) => entry.id),
    );
    for (const { entry, hall, fact } of told)
      await recordFact({ tx, organisation: entry.organisation, hall }, fact, {
        at: new Date(entry.at),
        now: received.get(entry.id)!,
        log: entry.id,
      });
  },
};

/** Which hall an agent belongs to; agents of other sites have none. */
async function hallsOf(tx: Tx, entries: readonly Logged[]): Promise<Map<string, string>> {
  if (entries.length === 0) return new Map();
  const rows = await tx
    .selectFrom('casino_agents')
    .select(['agent', 'hall_id'])
    .where('agent', 'in', [...new Set(entries.map(({ agent }) => agent))])
    .execute();
  return new Map(rows.map(({ agent, hall_id }) => [agent, hall_id]));
}

async function placesOf(tx: Tx, events: readonly Logged[]): Promise<Map<string, Place>> {
  const rows = await tx
    .selectFrom('casino_things as t')
    .innerJoin('casino_settings as s', 's.hall_id', 't.hall_id')
    .select(['t.thing_id', 't.hall_id', 't.machine', 's.minor_digits'])
    .where(sql<boolean>`t.thing_id = any(${[...new Set(events.map(({ thing }) => thing))]}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.thing_id,
      { hall: row.hall_id, machine: row.machine, minorDigits: row.minor_digits },
    ]),
  );
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
