import { LiveMessage } from '@vakhta/api';
import { type Clock, minutes, type OrganisationId } from '@vakhta/kernel';
import type { Localized } from '@vakhta/things';
import type { Log } from '../../platform/log/log.ts';
import { connectMqtt, type MqttConnection } from '../../platform/mqtt/mqtt-connection.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { LiveHub, LiveListener } from '../live/hub.ts';
import { repeatedly } from '../repeatedly.ts';
import { anyDiscovery, discoveryOf, discoveryTopic, thingOfDiscovery } from './discovery.ts';
import { type ExportedThing, readExportedThings } from './exported-thing.ts';
import { eventText, presenceText, Topics, valueText } from './topics.ts';

export interface MqttExportSettings {
  /** Of the broker, with the account in it. */
  url: string;
  /** The desk's own topic. */
  topic: string;
  /** Below which Home Assistant looks for devices. */
  discovery: string;
  language: keyof Localized;
}

export interface MqttExportDeps extends MqttExportSettings {
  database: Database;
  hub: LiveHub;
  clock: Clock;
  log: Log;
  version: string;
  /** Where people open the desk. */
  desk(): string;
}

/**
 * Tells a broker the state and the events of every thing, in the form in which Home Assistant finds devices by itself.
 * States are retained and told anew after each connection; an event that happens while the broker is away is in the log
 * alone.
 */
export class MqttExport {
  readonly #deps: MqttExportDeps;
  readonly #topics: Topics;
  readonly #connection: MqttConnection;
  readonly #listeners = new Map<OrganisationId, LiveListener>();
  /** What the broker keeps of ours, as far as it was told in this connection. */
  readonly #retained = new Map<string, string>();
  /** Topics that facts changed while the database was read: those are newer than what was read. */
  #touched = new Set<string>();
  #things = new Map<string, ExportedThing>();
  #syncing: Promise<void> = Promise.resolve();
  readonly #job: { stop(): Promise<void> };

  constructor(deps: MqttExportDeps) {
    this.#deps = deps;
    this.#topics = new Topics(deps.topic);
    this.#connection = connectMqtt({
      url: deps.url,
      will: { topic: this.#topics.desk, payload: presenceText(false) },
      onConnect: () => this.#begin(),
      onMessage: (topic, payload) => this.#forget(topic, payload),
      onError: (err) => deps.log.warn({ event: 'mqtt.failed', err }),
    });
    // Renamed, added and removed things are told of at once; this is for what was missed.
    this.#job = repeatedly({ name: 'mqtt.sync', every: minutes(1), run: () => this.#sync() }, deps);
  }

  async close(): Promise<void> {
    await this.#job.stop();
    await this.#syncing;
    for (const [organisation, listener] of this.#listeners) this.#deps.hub.leave(organisation, listener);
    this.#connection.publish(this.#topics.desk, presenceText(false), { retain: true });
    await this.#connection.close();
  }

  #begin(): void {
    this.#deps.log.info({ event: 'mqtt.connected' });
    this.#retained.clear();
    this.#keep(this.#topics.desk, presenceText(true));
    void this.#sync()
      .then(() => this.#connection.subscribe(anyDiscovery(this.#deps.discovery)))
      .catch((err: unknown) => this.#deps.log.warn({ event: 'mqtt.failed', err }));
  }

  /** A device that the broker still keeps, of a thing that went while nobody told it. */
  #forget(topic: string, payload: string): void {
    const thing = thingOfDiscovery(this.#deps.discovery, topic);
    if (thing === undefined || this.#things.has(thing)) return;
    // Another desk at the same broker has a topic of its own.
    if (!payload.includes(JSON.stringify(this.#topics.desk))) return;
    this.#connection.publish(topic, '', { retain: true });
  }

  /** Brings what the broker keeps to what is so; one at a time. */
  #sync(): Promise<void> {
    const run = this.#syncing.then(() => this.#syncOnce());
    this.#syncing = run.catch(() => {});
    return run;
  }

  async #syncOnce(): Promise<void> {
    if (!this.#connection.isConnected) return;
    const { database } = this.#deps;
    this.#touched = new Set();
    const organisations = await database.system((tx) =>
      tx.selectFrom('organisations').select('org_id').execute(),
    );
    for (const { org_id } of organisations) await this.#listen(org_id as OrganisationId);
    const things = await database.system(readExportedThings);
    this.#things = new Map(things.map((thing) => [thing.id, thing]));
    const wanted = new Map([[this.#topics.desk, presenceText(true)]]);
    for (const thing of things) {
      for (const [name, value] of Object.entries(thing.values))
        wanted.set(this.#topics.property(thing, name), valueText(value));
      wanted.set(this.#topics.presence(thing), presenceText(thing.online));
      wanted.set(discoveryTopic(this.#deps.discovery, thing.id), this.#discovery(thing));
    }
    for (const topic of this.#retained.keys()) if (!wanted.has(topic)) this.#keep(topic, '');
    for (const [topic, payload] of wanted) if (!this.#touched.has(topic)) this.#keep(topic, payload);
  }

  async #listen(organisation: OrganisationId): Promise<void> {
    if (this.#listeners.has(organisation)) return;
    const listener = {
      send: (text: string) => this.#hear(organisation, LiveMessage.parse(JSON.parse(text))),
    };
    this.#listeners.set(organisation, listener);
    await this.#deps.hub.subscribe(organisation, listener, {});
  }

  #hear(organisation: OrganisationId, message: LiveMessage): void {
    switch (message.type) {
      case 'property':
        this.#tell(
          this.#topics.property({ organisation, id: message.thing }, message.name),
          valueText(message.value),
        );
        break;
      case 'presence':
        if (message.thing)
          this.#tell(
            this.#topics.presence({ organisation, id: message.thing }),
            presenceText(message.online),
          );
        break;
      case 'event':
        this.#connection.publish(
          this.#topics.events({ organisation, id: message.thing }),
          eventText(message),
          {
            retain: false,
          },
        );
        break;
      case 'changed':
        if (['things', 'models', 'sites'].includes(message.what))
          void this.#sync().catch((err: unknown) => this.#deps.log.warn({ event: 'mqtt.failed', err }));
        break;
    }
  }

  #tell(topic: string, payload: string): void {
    this.#touched.add(topic);
    this.#keep(topic, payload);
  }

  /** Published where the broker does not keep it so already; nothing clears what it keeps. */
  #keep(topic: string, payload: string): void {
    if (!this.#connection.isConnected || this.#retained.get(topic) === payload) return;
    if (payload === '') this.#retained.delete(topic);
    else this.#retained.set(topic, payload);
    this.#connection.publish(topic, payload, { retain: true });
  }

  #discovery(thing: ExportedThing): string {
    const { discovery: prefix, language, version, desk } = this.#deps;
    return discoveryOf(thing, { topics: this.#topics, prefix, language, version, desk: desk() });
  }
}
