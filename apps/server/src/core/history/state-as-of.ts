import type { Instant, Json } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import { lastSaid } from './checkpoints/derive-checkpoint.ts';

/** What the log says a thing was at an instant; `null` where nothing had been said yet. */
export interface StateAsOf {
  online: boolean | null;
  /** Why it was not online, where that was said. */
  reason: { code: string; message: string } | null;
  /** Since when it had been on line, or off it. */
  since: string | null;
  properties: Record<string, { value: Json; at: string }>;
}

type Said = [value: Json, at: Instant];

interface Known {
  presence: Said | null;
  states: Record<string, Said>;
}

interface CheckpointRow {
  at: Date;
  thing_id: string | null;
  presence: Said | null;
  states: Record<string, Said>;
  stale: boolean;
}

interface SaidRow {
  thing_id: string;
  kind: 'property' | 'presence';
  name: string;
  state: Said;
}

/**
 * The state at an instant of these things, or of all: the checkpoint before it and what the log says came between. Of
 * things whose row awaits late facts the log alone is asked.
 */
export async function readStateAsOf(
  tx: Tx,
  at: Instant,
  things?: readonly string[],
): Promise<Map<string, StateAsOf>> {
  const until = new Date(at);
  const chosen = things ? sql`thing_id = any(${things}::uuid[])` : sql`true`;
  const { rows: base } = await sql<CheckpointRow>`
    select c.at, s.thing_id, s.presence, s.states, s.stale
    from (select at from state_checkpoints where at <= ${until} order by at desc limit 1) c
    left join checkpoint_states s on s.at = c.at and ${chosen}`.execute(tx);
  const known = new Map<string, Known>();
  const stale: string[] = [];
  for (const { thing_id, presence, states, stale: isStale } of base) {
    if (thing_id === null) continue;
    if (isStale) stale.push(thing_id);
    else known.set(thing_id, { presence, states });
  }
  const learn = (rows: readonly SaidRow[]) => {
    for (const { thing_id, kind, name, state } of rows) {
      const thing = known.get(thing_id) ?? { presence: null, states: {} };
      known.set(thing_id, thing);
      if (kind === 'presence') thing.presence = state;
      else thing.states[name] = state;
    }
  };
  const since = base[0] ? sql`at > ${base[0].at}` : sql`true`;
  const recent = lastSaid(sql`org_id = current_organisation() and ${since} and at <= ${until} and ${chosen}`);
  if (stale.length > 0)
    learn(
      (await sql<SaidRow>`${lastSaid(sql`thing_id = any(${stale}::uuid[]) and at <= ${until}`)}`.execute(tx))
        .rows,
    );
  learn((await sql<SaidRow>`${recent}`.execute(tx)).rows);
  return new Map([...known].map(([thing, what]) => [thing, toStateAsOf(what)]));
}

function toStateAsOf({ presence, states }: Known): StateAsOf {
  const said = presence?.[0] as { online: boolean; reason?: StateAsOf['reason'] } | undefined;
  return {
    online: said?.online ?? null,
    reason: said?.reason ?? null,
    since: presence ? iso(presence[1]) : null,
    properties: Object.fromEntries(
      Object.entries(states).map(([name, [value, at]]) => [name, { value, at: iso(at) }]),
    ),
  };
}

const iso = (at: Instant): string => new Date(at).toISOString();

/** Of a thing that nothing was ever said of. */
export const NOTHING_SAID: StateAsOf = { online: null, reason: null, since: null, properties: {} };
