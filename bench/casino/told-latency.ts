import { thingRoutes } from '@vakhta/api';
import { ExceptionFact } from '@vakhta/egm/facts';
import { type Hall, startHall } from '@vakhta/egm/simulator';
import { systemClock as clock, type Duration, type Instant, seconds, sleep } from '@vakhta/kernel';
import { until } from '@vakhta/testkit/processes';
import { type BenchDesk, withDesk } from '../desk/bench-desk.ts';
import { type BenchmarkResult, spread } from '../result.ts';

/** Identities and first readings are not what goes on all night. */
const WARM_UP = seconds(20);
/** What a bet and the end of a game are told by. */
const GAME = new Set(['7E', '7F']);

/**
 * From what happens in a slot machine to the panel's live socket, through processes of their own: simulated machines at
 * general polls of 200 ms over TCP, an agent with its outbox, a server, PostgreSQL.
 */
export async function toldLatency(machines: number, duration: Duration): Promise<BenchmarkResult[]> {
  const hall = await startHall({ count: machines });
  try {
    return await withDesk(false, (bench) => measure(bench, hall, duration));
  } finally {
    await hall.stop();
  }
}

async function measure({ desk }: BenchDesk, hall: Hall, duration: Duration): Promise<BenchmarkResult[]> {
  const agent = await desk.enrolAgent('hall');
  await agent.start();
  await desk.agentIsHere(agent);
  const watches = new Map<string, MachineWatch>();
  for (const { machine, line, serial } of hall.machines) {
    const thing = await desk.client.call(thingRoutes.createThing, {
      body: { name: serial, model: 'egm', agent: agent.id, groups: [], configuration: { line } },
    });
    const watch = new MachineWatch(() => machine.ledger.credits);
    machine.onRaised = (code) => watch.raised(code);
    watches.set(thing.id, watch);
  }
  await until('every machine answers', async () => {
    const { items } = await desk.client.call(thingRoutes.listThings, { query: { limit: 200 } });
    return items.every(({ online }) => online);
  });
  await sleep(clock, WARM_UP);
  const live = await desk.listen();
  await live.subscribe();
  for (const watch of watches.values()) watch.begin();
  live.each(({ message, at }) => {
    if (message.type === 'event') watches.get(message.thing)?.told(message.name, message.data, at);
    if (message.type === 'property') watches.get(message.thing)?.shown(message.name, message.value, at);
  });
  await sleep(clock, duration);
  await live.close();
  const all = [...watches.values()];
  const row = (what: string, samples: number[], limit: number): BenchmarkResult => {
    const figures = spread(samples);
    return {
      what: `${watches.size} machines at 200 ms: ${what} → panel socket (${samples.length})`,
      unit: 'ms',
      ...figures,
      limit: { what: 'p99 at most', value: limit },
      ratio: figures.p99 / limit,
    };
  };
  return [
    row(
      'exception',
      all.flatMap(({ exceptions }) => exceptions),
      600,
    ),
    row(
      'credits meter',
      all.flatMap(({ credits }) => credits),
      1000,
    ),
    row(
      'coin-in',
      all.flatMap(({ coinIn }) => coinIn),
      1000,
    ),
  ];
}

/** What one machine did, and how long each of it took to be seen; in milliseconds. */
class MachineWatch {
  readonly exceptions: number[] = [];
  readonly credits: number[] = [];
  readonly coinIn: number[] = [];
  /** Told in the order they were raised. */
  #untold: Instant[] = [];
  #bets: { credits?: Instant; coinIn?: Instant } = {};
  #isMeasuring = false;
  /** As the panel has it. */
  #creditsShown: unknown;
  readonly #creditsOn: () => number;

  constructor(creditsOn: () => number) {
    this.#creditsOn = creditsOn;
  }

  /** What was raised before is nobody's measure. */
  begin(): void {
    this.#untold = [];
    this.#bets = {};
    this.#creditsShown = this.#creditsOn();
    this.#isMeasuring = true;
  }

  raised(code: string): void {
    if (!this.#isMeasuring || !GAME.has(code)) return;
    const at = clock.now();
    this.#untold.push(at);
    if (code === '7E') this.#bets = { credits: at, coinIn: at, ...this.#bets };
    // A game that won what was bet leaves nothing to show.
    if (code === '7F' && this.#creditsOn() === this.#creditsShown) delete this.#bets.credits;
  }

  told(name: string, data: unknown, at: Instant): void {
    if (name !== 'exception' || !GAME.has(ExceptionFact.parse(data).code)) return;
    const raised = this.#untold.shift();
    if (raised !== undefined) this.exceptions.push(at - raised);
  }

  shown(name: string, value: unknown, at: Instant): void {
    if (name !== 'credits' && name !== 'coinIn') return;
    if (name === 'credits') this.#creditsShown = value;
    const bet = this.#bets[name];
    if (bet !== undefined) this[name].push(at - bet);
    delete this.#bets[name];
  }
}
