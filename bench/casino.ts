import { days, hours, type OrganisationId, pick, seconds, seededRandom, systemClock } from '@vakhta/kernel';
import { sql } from 'kysely';
import { gameDayOf } from '../apps/server/src/domains/casino/game-days/game-day.ts';
import { type Database, openDatabase } from '../apps/server/src/platform/postgres/database.ts';
import { loadHall, ZONE } from './casino/hall-loader.ts';
import { toldLatency } from './casino/told-latency.ts';
import { answerTime } from './desk/answer-time.ts';
import { type BenchDesk, withDesk } from './desk/bench-desk.ts';
import { type BenchmarkResult, spread } from './result.ts';

const MACHINES = 100;
const REPORTS = [
  ...['floor', 'machines', 'summary', 'transactions', 'handpays', 'drop', 'cashless', 'shifts', 'sessions'],
  ...['pools', 'events', 'links', 'exceptions', 'day-close', 'changes'],
];

/** As many lines as the panel asks for; all of them are read, counted and hashed. */
const SHOWN = 'limit=500';

/** How soon a hall is seen, and how long a person waits for its floor and its reports with many readings behind them. */
export async function run({
  quick,
  rows = quick ? 1_000_000 : 20_000_000,
}: {
  quick: boolean;
  rows?: number;
}): Promise<BenchmarkResult[]> {
  const results: BenchmarkResult[] = [];
  for (const count of [36, 100]) results.push(...(await toldLatency(count, seconds(quick ? 15 : 60))));
  const read = await withDesk(false, async (bench) => {
    const database = openDatabase({ url: bench.databaseUrl, connections: 2 });
    try {
      return await readings(bench, database, { rows, asked: quick ? 5 : 20 });
    } finally {
      await database.close();
    }
  });
  return [...results, ...read];
}

async function readings(
  { desk }: BenchDesk,
  database: Database,
  { rows, asked }: { rows: number; asked: number },
): Promise<BenchmarkResult[]> {
  const { rows: sites } = await database.owner((tx) =>
    sql<{ org_id: OrganisationId; id: string }>`select org_id, id from sites`.execute(tx),
  );
  const { org_id: organisation, id: hall } = sites[0]!;
  // What is loaded by SQL is not what a server's jobs are made for.
  await desk.server.end('SIGTERM');
  const to = new Date(systemClock.now() - hours(1));
  const started = systemClock.monotonic();
  const loaded = await loadHall({ database, organisation, hall, machines: MACHINES, readings: rows, to });
  const loading = systemClock.monotonic() - started;
  const { rows: counted } = await database.pool.query<{ readings: string; moves: string }>(
    'select (select count(*) from casino_readings) as readings, (select count(*) from casino_rows) as moves',
  );
  const { readings: kept, moves } = counted[0]!;
  console.log(`${kept} readings of ${MACHINES} machines, ${moves} movements of meters`);
  await desk.startServer();

  const random = seededRandom(1);
  const dayAt = (at: number) => gameDayOf(new Date(at), { timeZone: ZONE, gameDayStart: '06:00' });
  const span = to.getTime() - days(2) - loaded.from.getTime();
  const anyDay = () => dayAt(loaded.from.getTime() + days(1) + random.float() * (span - days(1)));
  const month = () => {
    const last =
      loaded.from.getTime() + Math.min(span, days(30) + random.float() * Math.max(0, span - days(30)));
    return `first=${dayAt(Math.max(loaded.from.getTime(), last - days(29)))}&last=${dayAt(last)}`;
  };
  const at = `/casino/halls/${hall}`;
  const questions = [
    { what: 'the floor', limit: 300, path: () => `${at}/floor` },
    {
      what: 'a machine’s day',
      limit: 300,
      path: () => `${at}/reports/machines?machine=${pick(random, loaded.machines)}&first=${anyDay()}`,
    },
    { what: 'a machine now', limit: 300, path: () => `${at}/machines/${pick(random, loaded.machines)}` },
    {
      what: 'meter log of a machine’s day',
      limit: 2000,
      path: () => `${at}/reports/meter-log?machine=${pick(random, loaded.machines)}&first=${anyDay()}`,
    },
    ...REPORTS.flatMap((report) => [
      {
        what: `report ‘${report}’, a day`,
        limit: 2000,
        path: () => {
          const day = anyDay();
          return `${at}/reports/${report}?first=${day}&last=${day}&${SHOWN}`;
        },
      },
      {
        what: `report ‘${report}’, 30 days`,
        limit: 2000,
        path: () => `${at}/reports/${report}?${month()}&${SHOWN}`,
      },
    ]),
  ];
  const results: BenchmarkResult[] = [
    { what: 'readings loaded', unit: 'rows', value: Number(kept) },
    { what: 'movements of meters loaded', unit: 'rows', value: Number(moves) },
    { what: 'loading them by SQL', unit: 's', value: loading / 1000 },
  ];
  for (const { what, limit, path } of questions) {
    const times: number[] = [];
    for (let i = 0; i < asked; i++) times.push(await answerTime(`${desk.url}/api/v1${path()}`, desk.token));
    const figures = spread(times);
    console.log(`${what}: ${Math.round(figures.p95)} ms`);
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
