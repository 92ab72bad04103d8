import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@vakhta/kernel';
import { type EnrolledAgent, ProcessGroup, TvFleetProcess, VakhtaDesk } from '@vakhta/testkit/processes';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/postgres/embedded/embedded-postgres.ts';

/** A desk as it runs in earnest: real processes, and a PostgreSQL that syncs what it commits. */
export interface BenchDesk {
  group: ProcessGroup;
  desk: VakhtaDesk;
  databaseUrl: string;
  /** For whatever else is kept; gone afterwards. */
  directory: string;
}

/** A desk and an agent that looks after simulated TVs, all of them read. */
export interface TvDesk extends BenchDesk {
  agent: EnrolledAgent;
  fleet: TvFleetProcess;
  /** The ids of the TVs on the desk, in the fleet's order. */
  things: string[];
}

/** Runs `work` on a desk of its own, and ends every process of it afterwards. */
export async function withDesk<T>(tls: boolean, work: (desk: BenchDesk) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'vakhta-bench-'));
  const group = new ProcessGroup();
  const postgres = await startEmbeddedPostgres({
    home: join(directory, 'postgres'),
    password: randomBytes(18).toString('base64url'),
    clock: systemClock,
  });
  try {
    const desk = await VakhtaDesk.start({ group, directory, databaseUrl: postgres.url, tls });
    return await work({ group, desk, databaseUrl: postgres.url, directory });
  } catch (error) {
    console.error(group.story);
    throw error;
  } finally {
    await group.stop();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

export function withTvs<T>(
  options: { tls: boolean; tvs: number },
  work: (desk: TvDesk) => Promise<T>,
): Promise<T> {
  return withDesk(options.tls, async (parts) => {
    const { group, desk, directory } = parts;
    const fleet = await TvFleetProcess.start(group, {
      count: options.tvs,
      journal: join(directory, 'journal.jsonl'),
    });
    const agent = await desk.enrolAgent('agent');
    await agent.start();
    await desk.agentIsHere(agent);
    const things = await desk.addTvs(agent, fleet.tvs);
    await desk.tvsAreRead(things);
    return work({ ...parts, fleet, agent, things });
  });
}

/** How each benchmark of real processes is run. */
export const wires = [
  { tls: false, name: 'plain' },
  { tls: true, name: 'TLS' },
] as const;
