import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedHall, type TestHall } from '../../../../test/casino/hall-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import type { FactInput } from '../facts/fact.ts';
import { rebuildHall } from '../facts/journal.ts';
import { sessions } from './sessions.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

const machine = fc.constantFrom('M01', 'M02');
type Step = {
  after: number;
  late: number;
  is: 'bind' | 'unbind' | 'reading';
  machine: string;
  player: string;
  played: number;
};
const step: fc.Arbitrary<Step> = fc.record({
  after: fc.constantFrom(0, 1, 1, 2, 5, 15),
  late: fc.constantFrom(0, 0, 0, 1, 3, 20),
  is: fc.constantFrom('bind', 'unbind', 'reading', 'reading', 'reading'),
  machine,
  player: fc.constantFrom('P1', 'P2'),
  played: fc.integer({ min: 0, max: 50 }),
});

/** Coin-in of a stretch of time, row by row: what the sums beside the rows have to come to. */
const coinInBetween = (
  hall: TestHall,
  of: { machine: string; from: Date; to: Date | null },
): Promise<number> =>
  hall.read(async ({ tx, hall: id }) => {
    const { rows } = await sql<{ sum: number }>`
      select coalesce(sum(amount_minor), 0)::bigint as sum from casino_rows
      where hall_id = ${id} and machine = ${of.machine} and code = '00' and at > ${of.from}
        and at <= coalesce(${of.to}::timestamptz, 'infinity')`.execute(tx);
    return rows[0]!.sum;
  });

test('whoever comes, goes or falls asleep: each session has its own rows, and all together are the machine’s', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      const hall = await seedHall(store.database);
      await hall.record(0, { kind: 'player.added', player: 'P2' });
      await hall.rule({ idleTimeoutMinutes: 10 });
      const coinIn: Record<string, number> = { M01: 1000, M02: 1000 };
      for (const each of ['M01', 'M02'])
        await hall.record(0, { kind: 'reading', machine: each, meters: { '00': 1000, '05': 1000 } });
      let minute = 1;
      for (const { after, late, is, machine, player, played } of steps) {
        minute += after;
        coinIn[machine]! += played;
        const reading = { '00': coinIn[machine]!, '05': coinIn[machine]! };
        const fact: FactInput =
          is === 'reading'
            ? { kind: 'reading', machine, meters: reading }
            : is === 'bind'
              ? { kind: 'bind', machine, player }
              : { kind: 'unbind', machine };
        await hall.record(minute, fact, is === 'reading' ? Math.max(1, minute - late) : minute);
      }

      const lines = await hall.read((view) => sessions(view, {}));
      for (const line of lines)
        expect([line, line.coinInMinor]).toEqual([line, await coinInBetween(hall, line)]);
      const summed = lines.reduce((sum, line) => sum + line.coinInMinor, 0);
      let all = 0;
      for (const each of ['M01', 'M02'])
        all += await coinInBetween(hall, { machine: each, from: new Date(0), to: null });
      expect(summed).toBe(all);

      const ref = { organisation: hall.organisation, hall: hall.site };
      const rebuilt = await store.database.system((tx) => rebuildHall({ tx, ...ref }));
      expect(rebuilt.hashAfter).toBe(rebuilt.hashBefore);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 240_000);
