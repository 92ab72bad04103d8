import { randomBytes } from 'node:crypto';
import { days, hours, type ThingId } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, inject, test } from 'vitest';
import { seedOrganisation } from '../../../test/fixture.ts';
import { databaseUrl, runOn } from '../../../test/test-cluster.ts';
import { migrationModules } from '../../migration-modules.ts';
import { openDatabase } from '../../platform/postgres/database.ts';
import { migrate } from '../../platform/postgres/migrations.ts';
import { ingest } from '../ingest/ingest.ts';
import { catchUp, organisationsBehind } from '../ingest/rebuild.ts';
import { readHistory } from './property-history.ts';
import { propertyRollups } from './property-rollups.ts';

const START = Date.UTC(2026, 10, 1);

test('what a desk observed before it knew of rollups is in its charts after the upgrade', async () => {
  const { url: cluster } = inject('testCluster');
  const name = `vakhta_test_${randomBytes(6).toString('hex')}`;
  await runOn(cluster, `create database ${name}`);
  const url = databaseUrl(cluster, name);
  await migrate(
    url,
    migrationModules.filter((module) => module.name !== 'history'),
  );
  const database = openDatabase({ url, connections: 2 });
  try {
    const { organisation, agent, stream, things } = await seedOrganisation(database);
    const [thing] = things as [ThingId];
    const items = Array.from({ length: 480 }, (_, index) => ({
      kind: 'property' as const,
      thing,
      name: 'brightness',
      value: index,
      at: START + index * hours(0.5),
    }));
    const clock = new VirtualClock(START + days(11));
    await ingest({ organisation, agent, stream, from: 1, items }, { database, clock, projections: [] });
    await migrate(url, migrationModules);
    expect(await organisationsBehind(database)).toEqual([organisation]);
    expect(await catchUp(database, organisation, [propertyRollups])).toEqual(['property-rollups']);
    const question = {
      thing,
      kind: 'property',
      name: 'brightness',
      from: START,
      to: START + days(10),
    } as const;
    const { bucket, points } = await database.tenant(organisation, (tx) =>
      readHistory(tx, { ...question, points: 50 }),
    );
    expect([bucket, points.length, points[0]?.min, points.at(-1)?.max]).toEqual([hours(6), 40, 0, 479]);
  } finally {
    await database.close();
    await runOn(cluster, `drop database ${name} with (force)`);
  }
});
