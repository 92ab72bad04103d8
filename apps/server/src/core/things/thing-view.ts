import type { PropertyState, Thing, ThingDetail } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';
import type { ThingModel } from '@vakhta/things';
import type { StateRow, ThingRow } from './thing-store.ts';

const AGENT_OFFLINE = { code: 'agent_offline', message: 'the agent that looks after it is not connected' };
const NEVER_SEEN = { code: 'never_seen', message: 'its agent has not reported on it yet' };

/** When the thing was last found as reported. */
const lastSeenOf = (row: ThingRow): Instant | undefined => {
  const times = [row.confirmed_at, row.presence ? row.presence_at : null].flatMap((at) =>
    at ? [at.getTime()] : [],
  );
  return times.length > 0 ? Math.max(...times) : undefined;
};

/** A thing is online when its agent is here and says that it answers. */
const isOnline = (row: ThingRow): boolean => row.agent_online && row.presence === true;

const reasonOf = (row: ThingRow) => {
  if (isOnline(row)) return null;
  if (!row.agent_online) return AGENT_OFFLINE;
  return row.presence === null ? NEVER_SEEN : row.reason;
};

/**
 * A property's value with its age. It is stale when the thing is not online or was last found as reported longer ago
 * than the model allows: what was true then may not be true now.
 */
function propertiesOf(
  row: ThingRow,
  states: readonly StateRow[],
  model: ThingModel | undefined,
  now: Instant,
): Record<string, PropertyState> {
  const seen = lastSeenOf(row) ?? 0;
  return Object.fromEntries(
    states.map(({ name, value, at }) => {
      const confirmed = Math.max(seen, at.getTime());
      const allowed = model?.properties[name]?.staleAfter ?? 15_000;
      const stale = !isOnline(row) || now - confirmed > allowed;
      return [name, { value: value as PropertyState['value'], at: at.toISOString(), stale }];
    }),
  );
}

export function viewThing(
  row: ThingRow,
  states: readonly StateRow[],
  model: ThingModel | undefined,
  now: Instant,
): Thing {
  const seen = lastSeenOf(row);
  return {
    id: row.id,
    name: row.name,
    model: row.model,
    site: row.site_id,
    agent: row.agent_id,
    groups: row.groups,
    online: isOnline(row),
    offlineReason: reasonOf(row),
    lastSeen: seen === undefined ? null : new Date(seen).toISOString(),
    properties: propertiesOf(row, states, model, now),
  };
}

/**
 * With the configuration, in which secrets (fields displayed as such) are left out: they go to the agent and nowhere
 * else.
 */
export function viewThingDetail(
  row: ThingRow,
  states: readonly StateRow[],
  model: ThingModel | undefined,
  now: Instant,
): ThingDetail {
  const secret = (name: string) => model?.configuration.properties?.[name]?.display === 'secret';
  const shown = Object.entries(row.configuration).filter(([name]) => !secret(name));
  return {
    ...viewThing(row, states, model, now),
    configuration: Object.fromEntries(shown) as ThingDetail['configuration'],
  };
}
