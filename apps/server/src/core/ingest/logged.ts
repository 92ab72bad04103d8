import type { AgentId, Instant, Json, OrganisationId, ThingId } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';

/** An observation as it stands in the log. */
export interface Logged {
  id: number;
  organisation: OrganisationId;
  agent: AgentId;
  kind: Observation['kind'];
  /** Null for what concerns the agent itself, and for what it said of a thing it does not look after. */
  thing: ThingId | null;
  /** The property, the event, the state of the command; 'presence' for a presence. */
  name: string;
  data: Json;
  at: Instant;
}

/** An observation before it has its id: what is written is what a rebuild reads back. */
export type Loggable = Omit<Logged, 'id'>;

/** How an observation is laid into the log's columns. `thing` is what the server, not the agent, holds to be true. */
export function toLoggable(
  observation: Observation,
  from: { organisation: OrganisationId; agent: AgentId; thing: ThingId | null },
): Loggable {
  const base = { ...from, kind: observation.kind, at: observation.at };
  switch (observation.kind) {
    case 'property':
      return { ...base, name: observation.name, data: observation.value };
    case 'event':
      return { ...base, name: observation.name, data: observation.data };
    case 'presence': {
      const { online, reason } = observation;
      return { ...base, name: 'presence', data: { online, ...(reason && { reason }) } };
    }
    case 'command': {
      const { kind: _kind, at: _at, state, ...data } = observation;
      return { ...base, name: state, data: data as Json };
    }
    case 'agent':
      return { ...base, name: observation.name, data: observation.data };
  }
}
