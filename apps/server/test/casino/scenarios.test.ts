import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../test-database.ts';
import { playScenario } from './play-scenario.ts';

interface Titled {
  id?: string;
  title?: string;
  why?: string;
  [field: string]: unknown;
}
const scenarios: Titled[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'vectors/casino-scenarios.json'), 'utf8'),
);

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

test.each(scenarios.map((scenario) => [`${scenario.id} ${scenario.title}`, scenario] as const))(
  '%s',
  async (_, scenario) => {
    expect(await playScenario(store.database, scenario)).toEqual([]);
  },
);

test('what a scenario is called decides nothing', async () => {
  for (const { id: _id, title: _title, why: _why, ...bare } of scenarios)
    expect(await playScenario(store.database, bare)).toEqual([]);
});

describe('a scenario fails', () => {
  const [first] = scenarios as [Titled & { events: unknown[]; checks: { equals: unknown }[] }];
  const play = (scenario: unknown) => playScenario(store.database, scenario);

  test.each([
    ['when an answer differs', { ...first, checks: [{ ...first.checks[0], equals: [] }] }],
    ['of an event nobody knows', { ...first, events: [{ at: '2026-05-10T10:00:00.000Z', type: 'miracle' }] }],
    ['of a query nobody knows', { ...first, checks: [{ query: 'fortune', args: {}, equals: null }] }],
    [
      'of an argument nobody knows',
      { ...first, checks: [{ query: 'summary', args: { machine: 'M01', mood: 'good' }, equals: {} }] },
    ],
    [
      'of a field nobody knows in an event',
      {
        ...first,
        events: [{ at: '2026-05-10T10:00:00.000Z', type: 'unbind', machine: 'M01', mood: 'good' }],
        checks: [{ query: 'alerts', args: {}, equals: [] }],
      },
    ],
    [
      'of a field nobody knows in a reading',
      {
        ...first,
        events: [
          { at: '2026-05-10T10:00:00.000Z', type: 'reading', machine: 'M01', meters: { '00': 1 }, mood: 1 },
        ],
        checks: [{ query: 'alerts', args: {}, equals: [] }],
      },
    ],
  ])('%s', async (_, scenario) => {
    expect(await play(scenario)).not.toEqual([]);
  });
});
