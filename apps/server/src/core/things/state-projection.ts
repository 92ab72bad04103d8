import type { Json } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Logged } from '../ingest/logged.ts';
import type { Projection } from '../ingest/projection.ts';

type OfThing = Logged & { thing: NonNullable<Logged['thing']> };

/** The last entry of each key: what came before it in the batch would only be overwritten. */
function latest(batch: readonly Logged[], kind: Logged['kind'], key: (entry: OfThing) => string): OfThing[] {
  const byKey = new Map<string, OfThing>();
  for (const entry of batch) {
    if (entry.kind !== kind || entry.thing === null) continue;
    const ofThing = { ...entry, thing: entry.thing };
    byKey.set(key(ofThing), ofThing);
  }
  // Rows are locked in one order by everyone, so that two batches can not wait for each other.
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** What is said of a thing that is gone is not shown. */
const restores = { which: () => sql`exists (select from things where things.id = kept.thing_id)` };

/** Each property's latest value. */
export const thingState: Projection = {
  name: 'thing-state',
  tables: ['thing_state'],
  takes: ['property'],
  restores,
  async apply(tx, batch) {
    const rows = latest(batch, 'property', (entry) => `${entry.thing} ${entry.name}`);
    if (rows.length === 0) return;
    await sql`
      insert into thing_state (org_id, thing_id, name, value, at, log_id)
      select t.org_id, t.id, given.name, given.value, given.at, given.log_id
      from unnest(
        ${rows.map((row) => row.thing)}::uuid[],
        ${rows.map((row) => row.name)}::text[],
        ${rows.map((row) => JSON.stringify(row.data))}::jsonb[],
        ${rows.map((row) => new Date(row.at).toISOString())}::timestamptz[],
        ${rows.map((row) => row.id)}::bigint[]
      ) as given (thing_id, name, value, at, log_id)
      join things t on t.id = given.thing_id
      on conflict (thing_id, name) do update
        set value = excluded.value, at = excluded.at, log_id = excluded.log_id
        where thing_state.log_id < excluded.log_id`.execute(tx);
  },
};

/** Whether each thing answers. */
export const thingPresence: Projection = {
  name: 'thing-presence',
  tables: ['thing_presence'],
  takes: ['presence'],
  restores,
  async apply(tx, batch) {
    const rows = latest(batch, 'presence', (entry) => entry.thing).map((entry) => {
      const { online, reason } = entry.data as { online: boolean; reason?: Json };
      return { ...entry, online, reason: reason === undefined ? null : JSON.stringify(reason) };
    });
    if (rows.length === 0) return;
    await sql`
      insert into thing_presence (org_id, thing_id, online, reason, at, log_id)
      select t.org_id, t.id, given.online, given.reason, given.at, given.log_id
      from unnest(
        ${rows.map((row) => row.thing)}::uuid[],
        ${rows.map((row) => row.online)}::boolean[],
        ${rows.map((row) => row.reason)}::jsonb[],
        ${rows.map((row) => new Date(row.at).toISOString())}::timestamptz[],
        ${rows.map((row) => row.id)}::bigint[]
      ) as given (thing_id, online, reason, at, log_id)
      join things t on t.id = given.thing_id
      on conflict (thing_id) do update
        set online = excluded.online, reason = excluded.reason, at = excluded.at, log_id = excluded.log_id
        where thing_presence.log_id < excluded.log_id`.execute(tx);
  },
};
