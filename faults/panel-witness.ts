import { type ApiClient, LIVE_PATH, type LiveMessage, routes, type Thing } from '@vakhta/api';
import { canonicalJson, type Duration, systemClock, systemRandom } from '@vakhta/kernel';
import { LiveSocket } from '@vakhta/sdk';
import { ThingStore } from '../apps/panel/src/live/thing-store.ts';

/** A panel without its screen: its own socket and its own store of things, as a browser runs them. */
export class PanelWitness {
  /** How long each fall lasted until the socket was open again. */
  readonly falls: Duration[] = [];
  readonly #api: ApiClient;
  readonly #store = new ThingStore((work) => void systemClock.after(16, work));
  readonly #socket: LiveSocket;
  #fellAt: number | undefined;
  #loading: Promise<void> = Promise.resolve();

  constructor(desk: { url: string; token: string; client: ApiClient }) {
    this.#api = desk.client;
    this.#socket = new LiveSocket({
      url: desk.url.replace('http', 'ws') + LIVE_PATH,
      clock: systemClock,
      random: systemRandom,
      // A browser sends its cookie.
      headers: { authorization: `Bearer ${desk.token}` },
      onMessage: (message) => this.#hear(message),
      // Nobody signs this panel out; a refusal shows as a fall that does not end.
      onSignedOut: () => {},
      onState: (state) => {
        if (state === 'waiting') this.#fellAt ??= systemClock.monotonic();
        if (state !== 'open') return;
        if (this.#fellAt !== undefined) this.falls.push(systemClock.monotonic() - this.#fellAt);
        this.#fellAt = undefined;
        this.#load();
      },
    });
  }

  start(): void {
    this.#socket.start();
  }

  async stop(): Promise<void> {
    this.#socket.stop();
    await this.#loading;
  }

  get isOpen(): boolean {
    return this.#fellAt === undefined;
  }

  /** In what it shows the wrong value of these things, one line each. */
  differences(things: readonly Thing[]): string[] {
    return things.flatMap((thing) => {
      const shown = this.#store.get(thing.id);
      return Object.entries(thing.properties).flatMap(([name, { value }]) => {
        const property = shown?.properties[name];
        const [meant, seen] = [canonicalJson(value), property && canonicalJson(property.value)];
        return seen === meant ? [] : [`${thing.name} ${name}: ${meant}, shown ${seen}`];
      });
    });
  }

  #hear(message: LiveMessage): void {
    this.#store.apply(message);
    if (message.type === 'missed') this.#load();
  }

  /** A question that fails on a falling server is asked again, as the panel's own do. */
  #load(): void {
    this.#loading = this.#loading.then(async () => {
      for (let tries = 0; tries < 5; tries++) {
        const answer = await this.#api
          .call(routes.listThings, { query: { limit: 200 } })
          .catch(() => undefined);
        if (answer) return this.#store.load(answer.items);
      }
    });
  }
}
