import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AgentId,
  integerBetween,
  newId,
  type OrganisationId,
  type Random,
  type StreamId,
  seededRandom,
  sleep,
  systemClock,
  systemRandom,
  type ThingId,
} from '@vakhta/kernel';
import { AgentIdSchema, MAX_BATCH, Observation } from '@vakhta/link';
import { until } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import { encodeObservation } from '../apps/agent/src/outbox/encoded-observation.ts';
import { OutboxFile } from '../apps/agent/src/outbox/outbox-file.ts';
import { appendToLog } from '../apps/server/src/core/ingest/log-store.ts';
import { toLoggable } from '../apps/server/src/core/ingest/logged.ts';
import { type Database, openDatabase } from '../apps/server/src/platform/postgres/database.ts';
import { type TvDesk, wires, withTvs } from './desk/bench-desk.ts';
import { type BenchmarkResult, median } from './result.ts';

const TVS = 20;

/**
 * How fast a prefilled outbox is drained through the real agent, the wire and the real server, up to the acknowledgement
 * after the commit; beside it the same rows bulk-inserted into the same log by the same statement, role and batch size, with
 * nothing else done.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  const rows = quick ? 10_000 : 100_000;
  const runs = quick ? 1 : 5;
  const results: BenchmarkResult[] = [];
  for (const { tls, name } of wires)
    await withTvs({ tls, tvs: TVS }, async (desk) => {
      const database = openDatabase({ url: desk.databaseUrl, connections: 2 });
      try {
        await desk.agent.process.end('SIGTERM');
        const organisation = await organisationOf(database);
        const observations = makeObservations(rows, desk.things as ThingId[], seededRandom(1));
        const drained: number[] = [];
        const inserted: number[] = [];
        // In turn, so that both meet the same disk and the same size of the log.
        for (let i = 0; i < runs; i++) {
          inserted.push(
            await bulkInsert(database, organisation, AgentIdSchema.parse(desk.agent.id), observations),
          );
          drained.push(await drain(desk, database, observations));
        }
        results.push({
          what: `outbox of ${rows} observations drained, ${name}`,
          unit: 'rows/s acknowledged',
          value: median(drained),
          max: Math.max(...drained),
          limit: { what: 'the same rows bulk-inserted', value: median(inserted) },
          ratio: median(drained) / median(inserted),
        });
      } finally {
        await database.close();
      }
    });
  return results;
}

/** Half values, half events, of all things in turn, as they come from a fleet. */
function makeObservations(count: number, things: readonly ThingId[], random: Random): Observation[] {
  const start = systemClock.now() - count;
  return Array.from({ length: count }, (_, index) => {
    const base = { thing: things[index % things.length]!, at: start + index };
    return Observation.parse(
      index % 2 === 0
        ? { kind: 'property', name: 'volume', value: integerBetween(random, 0, 100), ...base }
        : { kind: 'event', name: 'powerChanged', data: { from: 'awake', to: 'asleep' }, ...base },
    );
  });
}

/** Rows a second through the desk. Leaves the agent stopped and its outbox empty. */
async function drain(
  { agent }: TvDesk,
  database: Database,
  observations: readonly Observation[],
): Promise<number> {
  const deps = { clock: systemClock, random: systemRandom };
  const path = join(agent.data, readdirSync(agent.data).find((name) => /^outbox-.*\.sqlite$/.test(name))!);
  const outbox = new OutboxFile(path, deps);
  const { stream } = outbox;
  const first = outbox.last + 1;
  outbox.transact('append', () =>
    outbox.insert(observations.map((observation) => encodeObservation(observation))),
  );
  const { last } = outbox;
  outbox.close();

  const committed = async () => {
    const { rows } = await database.system((tx) =>
      sql<{ last_seq: number }>`select last_seq from agent_streams where stream = ${stream}`.execute(tx),
    );
    return rows[0]?.last_seq ?? 0;
  };
  // No drivers: what is measured is the way, not the TVs.
  await agent.start({ drivers: [] });
  const begun = await until('the first batch is committed', async () => {
    const seq = await committed();
    return seq >= first && { seq, at: systemClock.monotonic() };
  });
  // Looked at seldom, so that looking takes nothing from what is measured.
  while ((await committed()) < last) await sleep(systemClock, 50);
  const seconds = (systemClock.monotonic() - begun.at) / 1000;
  await agent.process.end('SIGTERM');
  const left = new OutboxFile(path, deps);
  const { acknowledged } = left;
  left.close();
  if (acknowledged < last) throw new Error(`${last - acknowledged} observations were not acknowledged`);
  return (last - begun.seq) / seconds;
}

/** Rows a second of this PostgreSQL for one stream: no agent, no wire, no checks, no projections. */
async function bulkInsert(
  database: Database,
  organisation: OrganisationId,
  agent: AgentId,
  observations: readonly Observation[],
): Promise<number> {
  const stream = newId<StreamId>({ clock: systemClock, random: systemRandom });
  const rows = observations.map((observation) =>
    toLoggable(observation, {
      organisation,
      agent,
      thing: 'thing' in observation ? observation.thing! : null,
    }),
  );
  const start = systemClock.monotonic();
  for (let at = 0; at < rows.length; at += MAX_BATCH)
    await database.tenant(organisation, (tx) =>
      appendToLog(tx, rows.slice(at, at + MAX_BATCH), {
        agent,
        stream,
        firstSeq: at + 1,
        receivedAt: systemClock.now(),
      }),
    );
  return rows.length / ((systemClock.monotonic() - start) / 1000);
}

async function organisationOf(database: Database): Promise<OrganisationId> {
  const { rows } = await database.system((tx) =>
    sql<{ org_id: OrganisationId }>`select org_id from organisations`.execute(tx),
  );
  return rows[0]!.org_id;
}
