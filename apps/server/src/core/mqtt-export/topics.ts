import type { Json, OrganisationId } from '@vakhta/kernel';

/** Where things stand at a broker, below a topic of the desk's own. */
export class Topics {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  /** Whether the desk itself is there: 'online' or 'offline'. */
  get desk(): string {
    return `${this.#base}/status`;
  }
  /** Whether a thing answers: 'online' or 'offline'. */
  presence(thing: ThingPlace): string {
    return `${this.#thing(thing)}/status`;
  }
  property(thing: ThingPlace, name: string): string {
    return `${this.#thing(thing)}/properties/${name}`;
  }
  /** Every event of a thing. */
  events(thing: ThingPlace): string {
    return `${this.#thing(thing)}/events`;
  }

  #thing({ organisation, id }: ThingPlace): string {
    return `${this.#base}/${organisation}/things/${id}`;
  }
}

export interface ThingPlace {
  organisation: OrganisationId;
  id: string;
}

export const presenceText = (online: boolean): string => (online ? 'online' : 'offline');

/** A value as Home Assistant reads it: text as it is, the rest as JSON; 'None' for what could not be known. */
export const valueText = (value: Json): string =>
  value === null ? 'None' : typeof value === 'string' ? value : JSON.stringify(value);

/** An event as Home Assistant's `event` entity reads it; what is besides its type becomes attributes. */
export const eventText = (event: { name: string; at: string; data: Json }): string =>
  JSON.stringify({ event_type: event.name, at: event.at, data: event.data });
