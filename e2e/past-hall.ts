import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteRoutes } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import * as z from 'zod';
import type { FactInput } from '../apps/server/src/domains/casino/facts/fact.ts';
import { openHall, recordFact } from '../apps/server/src/domains/casino/facts/journal.ts';
import { openDatabase } from '../apps/server/src/platform/postgres/database.ts';
import { findRunningPostgres } from '../apps/server/src/platform/postgres/embedded/embedded-postgres.ts';
import type { RunningDemo } from './demo.ts';

const VECTORS = join(import.meta.dirname, '../apps/server/test/casino/vectors/casino-scenarios.json');
const Secrets = z.object({ databasePassword: z.string() });
const Named = z.looseObject({ id: z.string() });
const Scenarios = z.array(
  z.object({
    id: z.string(),
    setup: z.object({
      site: z.looseObject({}),
      policy: z.looseObject({}),
      machines: z.array(Named),
      players: z.array(Named).default([]),
    }),
    events: z.array(z.looseObject({ at: z.iso.datetime(), type: z.string() })),
  }),
);

/** One machine of the hall bet more in a minute than it can. */
const DOUBTFUL = 'M09';

/**
 * A hall with two days of the past, made of a scenario of the vectors: the machines' words and the guest's sessions are
 * taken into the journal as of their own time. On the second day a machine told something that nobody has decided.
 */
export async function makePastHall(demo: RunningDemo, scenario: string, name: string): Promise<string> {
  const { id: hall } = await demo.api.call(siteRoutes.createSite, { body: { name } });
  const { setup, events } = Scenarios.parse(JSON.parse(readFileSync(VECTORS, 'utf8'))).find(
    ({ id }) => id === scenario,
  )!;
  const machine = setup.machines[0]!;
  const facts: [at: string | undefined, fact: Record<string, unknown>][] = [
    [undefined, { kind: 'hall.set', ...setup.site, policy: setup.policy }],
    ...[...setup.machines, { ...machine, id: DOUBTFUL, serial: 'SN-M09' }].map(
      ({ id, ...rest }): [undefined, Record<string, unknown>] => [
        undefined,
        { kind: 'machine.added', machine: id, ...rest },
      ],
    ),
    ...setup.players.map(({ id }): [undefined, Record<string, unknown>] => [
      undefined,
      { kind: 'player.added', player: id },
    ]),
    ...events.map(({ at, type, ...rest }): [string, Record<string, unknown>] => [
      at,
      { kind: type, ...rest },
    ]),
    [laterThan(events, 1), { kind: 'reading', machine: DOUBTFUL, meters: { '00': 1000, '05': 10 } }],
    [laterThan(events, 2), { kind: 'reading', machine: DOUBTFUL, meters: { '00': 9_001_000, '05': 11 } }],
  ];
  const secrets = Secrets.parse(JSON.parse(readFileSync(join(demo.directory, 'secrets.json'), 'utf8')));
  const url = await findRunningPostgres(join(demo.directory, 'postgres'), secrets.databasePassword);
  const database = openDatabase({ url: url!, connections: 1 });
  try {
    // All at once: the running desk moves the clock of every hall it can see.
    await database.tenant(demo.organisation as OrganisationId, async (tx) => {
      const ref = { tx, organisation: demo.organisation, hall };
      const start = new Date(Date.parse(events[0]!.at) - 1000);
      await openHall(ref, start);
      for (const [at, fact] of facts) {
        const now = at === undefined ? start : new Date(at);
        await recordFact(ref, fact as FactInput, { at: now, now });
      }
    });
  } finally {
    await database.close();
  }
  return hall;
}

const laterThan = (events: readonly { at: string }[], minutes: number): string =>
  new Date(Date.parse(events.at(-1)!.at) + minutes * 60_000).toISOString();
