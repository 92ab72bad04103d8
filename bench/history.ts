import {
  days,
  type Instant,
  integerBetween,
  type OrganisationId,
  pick,
  seededRandom,
  systemClock,
} from '@vakhta/kernel';
import { sql } from 'kysely';
import { keepCheckpoints } from '../apps/server/src/core/history/checkpoints/keep-checkpoints.ts';
import { propertyRollups } from '../apps/server/src/core/history/property-rollups.ts';
import { type Database, openDatabase } from '../apps/server/src/platform/postgres/database.ts';
import { answerTime } from './desk/answer-time.ts';
import { type BenchDesk, withDesk } from './desk/bench-desk.ts';
import { FIGURES, loadLog } from './desk/log-loader.ts';
import { type BenchmarkResult, spread } from './result.ts';

const THINGS = 1000;
const SPAN = days(30);
/** Points of a chart as wide as a screen. */
const POINTS = 800;

/**
 * How long a person waits for the past of a thousand things over thirty days: the whole desk as of any second, one thing
 * as of any second, and a chart of the whole span. Asked one after another over HTTP, of a server process of its own, until
 * the answer's last byte.
 */
export function run({ quick, rows = quick ? 2_000_000 : 20_000_000 }: { quick: boolean; rows?: number }) {
  return withDesk(false, async (bench) => {
    const database = openDatabase({ url: bench.databaseUrl, connections: 2 });
    try {
      return await measure(bench, database, { rows, asked: quick ? 100 : 300 });
    } finally {
      await database.close();
    }
  });
}

async function measure(
  { desk }: BenchDesk,
  database: Database,
  { rows, asked }: { rows: number; asked: number },
): Promise<BenchmarkResult[]> {
  const to = systemClock.now() - days(1);
  const from = to - SPAN;
  const agent = (await desk.enrolAgent('agent')).id;
  const { rows: found } = await database.owner((tx) =>
    sql<{
      org_id: OrganisationId;
      site_id: string;
    }>`select org_id, site_id from agents where id = ${agent}`.execute(tx),
  );
  const { org_id: organisation, site_id: site } = found[0]!;
  const span = { from: new Date(from), to: new Date(to) };
  const results: BenchmarkResult[] = [];

  // What is loaded by SQL is not what a server's jobs are made for.
  await desk.server.end('SIGTERM');
  const loaded = await timed(() =>
    loadLog({ database, organisation, agent, site, things: THINGS, rows, ...span }),
  );
  const { rows: counted } = await database.pool.query<{ count: number }>('select count(*) as count from log');
  console.log(`${counted[0]?.count} log rows of ${THINGS} things over ${SPAN / days(1)} days`);
  results.push({ what: 'log rows loaded', unit: 'rows', value: counted[0]?.count ?? 0 });
  results.push({ what: 'loading them by SQL', unit: 's', value: loaded.milliseconds / 1000 });
  const rolled = await timed(() => database.tenant(organisation, (tx) => propertyRollups.rederive!(tx, 0)));
  results.push({ what: 'rolling all of it up anew', unit: 's', value: rolled.milliseconds / 1000 });
  const kept = await timed(() => keepCheckpoints(database, systemClock));
  const { rows: made } = await database.pool.query<{ count: number }>(
    'select count(*) as count from state_checkpoints',
  );
  results.push({
    what: `making its ${made[0]?.count} checkpoints`,
    unit: 's',
    value: kept.milliseconds / 1000,
  });
  await database.pool.query('vacuum analyze property_rollups, state_checkpoints, checkpoint_states');
  await desk.startServer();

  const random = seededRandom(1);
  const anySecond = (): Instant => from + integerBetween(random, 0, SPAN / 1000) * 1000;
  const anyThing = () => pick(random, loaded.value);
  const ask = (path: string) => answerTime(`${desk.url}/api/v1${path}`, desk.token);
  const iso = (at: Instant) => new Date(at).toISOString();
  const questions = [
    {
      what: `all ${THINGS} things as of any second`,
      limit: 300,
      path: () => `/state?at=${iso(anySecond())}`,
    },
    {
      what: 'one thing as of any second',
      limit: 300,
      path: () => `/things/${anyThing()}/state?at=${iso(anySecond())}`,
    },
    {
      what: 'a chart of thirty days',
      limit: 500,
      path: () =>
        `/things/${anyThing()}/history/properties/${pick(random, FIGURES)}?from=${iso(from)}&to=${iso(to)}&points=${POINTS}`,
    },
    {
      what: 'a chart of one day',
      limit: 500,
      path: () => {
        const begin = Math.min(anySecond(), to - days(1));
        return `/things/${anyThing()}/history/properties/${pick(random, FIGURES)}?from=${iso(begin)}&to=${iso(begin + days(1))}&points=${POINTS}`;
      },
    },
  ];
  for (const { what, limit, path } of questions) {
    const times: number[] = [];
    for (let i = 0; i < asked; i++) times.push(await ask(path()));
    const figures = spread(times);
    results.push({
      what: `${what} (${asked} asked)`,
      unit: 'ms',
      ...figures,
      limit: { what: 'p95 to hold', value: limit },
      ratio: figures.p95 / limit,
    });
  }
  return results;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const start = systemClock.monotonic();
  const value = await work();
  return { value, milliseconds: systemClock.monotonic() - start };
}
