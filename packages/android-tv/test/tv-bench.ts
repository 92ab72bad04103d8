import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Duration,
  type Json,
  newId,
  seconds,
  seededRandom,
  sleep,
  systemClock,
  type ThingId,
} from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { driver } from '../src/driver/index.ts';
import { type Fleet, type FleetOptions, type FleetTv, startFleet } from '../src/simulator/index.ts';

const clock = systemClock;

/** Waits for a condition, never for a time; fails with what was last seen. */
export async function until(
  what: string,
  condition: () => boolean,
  within: Duration = seconds(15),
): Promise<void> {
  const end = clock.monotonic() + within;
  while (!condition()) {
    if (clock.monotonic() > end) throw new Error(`never came true: ${what}`);
    await sleep(clock, 10);
  }
}

/** A driver at a simulated TV over real TCP, and everything it reported. */
export class TvBench {
  readonly fleet: Fleet;
  readonly simulated: FleetTv;
  readonly properties = new Map<string, Json>();
  readonly events: { name: string; data: Json }[] = [];
  confirmed = 0;
  online: boolean | undefined;
  readonly #folder: string;
  readonly #ending = new AbortController();
  readonly #driver: ReturnType<typeof driver.open>;
  readonly #running: Promise<void>;

  private constructor(fleet: Fleet, folder: string, configuration: Record<string, Json>) {
    this.fleet = fleet;
    this.simulated = fleet.tvs[0]!;
    this.#folder = folder;
    this.#driver = driver.open({
      thing: newId<ThingId>({ clock, random: seededRandom(2) }),
      configuration,
      clock,
      random: seededRandom(3),
      directory: folder,
      log: () => {},
      report: {
        property: async (name, value) => void this.properties.set(name, value),
        event: async (name, data) => void this.events.push({ name, data }),
        lastOnce: () => undefined,
        online: async (online) => {
          this.online = online;
        },
        confirm: () => {
          this.confirmed += 1;
        },
      },
    });
    this.#running = this.#driver.run(this.#ending.signal);
  }

  static async open(options: Partial<FleetOptions> = {}): Promise<TvBench> {
    const fleet = await startFleet({
      count: 1,
      ...options,
      delays: { input: 20, boot: 200, ...options.delays },
    });
    const folder = await mkdtemp(join(tmpdir(), 'vakhta-tv-'));
    const { host, port, relayUrl, cableUrl } = fleet.members[0]!;
    return new TvBench(fleet, folder, {
      address: host,
      port,
      relay: { kind: 'http', url: relayUrl, offSeconds: 1 },
      cable: { kind: 'http', url: cableUrl },
    });
  }

  /** Read whole at least once. */
  ready(): Promise<void> {
    return until('the first full poll', () => this.confirmed > 0);
  }

  act(
    action: string,
    input: Record<string, Json> = {},
    within: Duration = seconds(20),
  ): Promise<ActionOutcome> {
    const controller = new AbortController();
    const timer = clock.after(within, () => controller.abort());
    return this.#driver
      .act(action, input, { deadline: clock.now() + within, signal: controller.signal })
      .finally(() => timer.cancel());
  }

  becomes(property: string, value: Json, within?: Duration): Promise<void> {
    return until(
      `${property} = ${JSON.stringify(value)}`,
      () => JSON.stringify(this.properties.get(property)) === JSON.stringify(value),
      within,
    );
  }

  happened = (event: string): boolean => this.events.some(({ name }) => name === event);

  /** What the TV really did, by its own journal. */
  done(did: string): Json[] {
    return this.fleet.journal.entries().flatMap((entry) => (entry.did === did ? [entry.detail] : []));
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    await this.fleet.stop();
    await rm(this.#folder, { recursive: true });
  }
}
