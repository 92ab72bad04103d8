import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOrganisation } from './fixture.ts';
import { type RunningDesk, startDesk } from './running-desk.ts';

let desk: RunningDesk;
let told: string;

beforeAll(async () => {
  desk = await startDesk();
  await seedOrganisation(desk.database, { things: 3 });
  told = await (await fetch(`${desk.url}/metrics`)).text();
});
afterAll(() => desk?.stop());

test('things are counted by whether they answer', () => {
  expect(told).toMatch(/^vakhta_things\{state="unknown"\} 3$/m);
  expect(told).toMatch(/^vakhta_agents\{state="offline"\} 1$/m);
  expect(told).toMatch(/^vakhta_live_sockets 0$/m);
});

test('the dashboard asks for nothing that the server does not tell', async () => {
  const dashboard = await readFile(join(import.meta.dirname, '../../../deploy/grafana/vakhta.json'), 'utf8');
  const asked = new Set(dashboard.match(/\b(vakhta|http|nodejs|process)_[a-z0-9_]+/g));
  expect(asked.size).toBeGreaterThan(10);
  const names = new Set([...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const unknown = [...asked].filter((name) => !names.has(name.replace(/_(bucket|count|sum)$/, '')));
  expect(unknown).toEqual([]);
});
