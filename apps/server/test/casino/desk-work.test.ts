import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FactInput } from '../../src/domains/casino/facts/fact.ts';
import { hashDerived, rebuildHall } from '../../src/domains/casino/facts/journal.ts';
import { createTestDatabase, type TestDatabase } from '../test-database.ts';
import { seedHall, type TestHall } from './hall-fixture.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

const desk = fc.constantFrom('D1', 'D2');
const machine = fc.constantFrom('M01', 'M02');
const key = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6');
const person = fc.constantFrom('ann', 'bob');
const amount = fc.integer({ min: 1, max: 400 }).map((n) => n * 250);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const record = <T>(shape: { [Field in keyof T]: fc.Arbitrary<T[Field]> }) => fc.record(shape);

/** Whatever may happen at a desk, in any order and sense. */
const act: fc.Arbitrary<FactInput> = fc.oneof(
  record({ kind: fc.constant('shift.open' as const), desk, cashier: person, countMinor: fc.constant(-1) }),
  record({ kind: fc.constant('shift.count' as const), desk, by: person, countMinor: amount }),
  record({
    kind: fc.constant('shift.close' as const),
    desk,
    by: fc.constant('ann'),
    reason: fc.constant('miscounted'),
    approvedBy: fc.constant('bob'),
  }),
  record({ kind: fc.constant('vault.fill' as const), desk, amountMinor: amount, by: person }),
  record({ kind: fc.constant('vault.credit' as const), desk, amountMinor: amount, by: person }),
  record({
    kind: fc.constant('transfer.request' as const),
    key,
    credit: fc.constantFrom('cashable' as const, 'restricted' as const, 'nonrestricted' as const),
    direction: fc.constantFrom('toMachine' as const, 'toHost' as const),
    desk,
    machine,
    amountMinor: amount,
    by: person,
    approvedBy: maybe(person),
  }),
  record({ kind: fc.constant('transfer.approve' as const), key, by: person }),
  record({ kind: fc.constant('transfer.refund' as const), key, by: person }),
  record({
    kind: fc.constant('transfer.decide' as const),
    key,
    decision: fc.constantFrom('applied' as const, 'notApplied' as const),
    by: fc.constant('ann'),
    approvedBy: fc.constant('bob'),
  }),
  record({
    kind: fc.constant('transfer.machine' as const),
    machine,
    key,
    message: fc.constantFrom('noReply' as const, 'initiateReply' as const, 'interrogateReply' as const),
    status: fc.constantFrom('00', '01', '40', '81', '87', 'FF'),
    amountMinor: fc.constant(-1),
  }),
  record({
    kind: fc.constant('exception' as const),
    machine,
    code: fc.constantFrom('51', '52', '18', '11', '12'),
  }),
  record({
    kind: fc.constant('handpayInfo' as const),
    machine,
    level: fc.constantFrom('cancelledCredit' as const, 'nonProgressive' as const, 'progressive' as const),
    amountMinor: amount,
    partialMinor: fc.constant(100),
    pool: fc.constant('J1'),
  }),
  record({
    kind: fc.constant('handpay.pay' as const),
    machine,
    desk,
    by: fc.constant('ann'),
    approvedBy: fc.constant('bob'),
  }),
  record({
    kind: fc.constant('reading' as const),
    machine,
    meters: fc
      .record({
        '00': fc.integer({ min: 0, max: 3000 }),
        '01': fc.integer({ min: 0, max: 3000 }),
        '0B': fc.integer({ min: 0, max: 3000 }),
      })
      .map((meters): Record<string, number> => meters),
  }),
);

const balance = async (hall: TestHall, account: string): Promise<number> =>
  hall.read(async ({ tx }) => {
    const { rows } = await sql<{ amount: number }>`
      select coalesce(sum(amount_minor), 0)::bigint as amount from casino_legs where account = ${account}`.execute(
      tx,
    );
    return rows[0]!.amount;
  });

/** What a person who counts well, and a machine that tells the truth, would say: -1 stands for it. */
async function made(hall: TestHall, fact: FactInput): Promise<FactInput> {
  if (fact.kind === 'shift.open')
    return { ...fact, countMinor: Math.max(0, await balance(hall, `DRAWER:${fact.desk}`)) };
  if (fact.kind !== 'transfer.machine') return fact;
  const transfer = await hall.read(({ tx }) =>
    tx
      .selectFrom('casino_transfers')
      .select('amount_minor')
      .where('key', '=', fact.key ?? '')
      .executeTakeFirst(),
  );
  const asked = transfer?.amount_minor ?? 0;
  return { ...fact, amountMinor: fact.status === '01' ? Math.floor(asked / 2) : asked };
}

test('whatever is done at the desks: entries balance, drawers hold money, transit empties, a rebuild is the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 60 }), async (acts) => {
      const hall = await seedHall(store.database);
      await hall.record(1, { kind: 'shift.open', desk: 'D1', cashier: 'ann', countMinor: 100_000 });
      for (const [index, fact] of acts.entries()) {
        await hall.record(2 + index, await made(hall, fact));
        for (const desk of ['D1', 'D2'])
          expect(await balance(hall, `DRAWER:${desk}`)).toBeGreaterThanOrEqual(0);
      }

      const sums = await hall.read(async ({ tx }) =>
        (
          await sql<{
            sum: number;
          }>`select sum(amount_minor)::bigint as sum from casino_legs group by entry_id`.execute(tx)
        ).rows.map(({ sum }) => sum),
      );
      expect(sums.filter((sum) => sum !== 0)).toEqual([]);

      const open = await hall.read(({ tx }) =>
        tx
          .selectFrom('casino_transfers')
          .select(['key', 'direction', 'state', 'amount_minor', 'applied_minor', 'returned_minor'])
          .execute(),
      );
      const underWay = open
        .filter(({ direction, state }) => direction === 'toMachine' && state !== 'waiting_approval')
        .reduce((sum, one) => sum + one.amount_minor - one.applied_minor - one.returned_minor, 0);
      expect(await balance(hall, 'AFT_TRANSIT')).toBe(underWay === 0 ? 0 : -underWay);

      const ref = { organisation: hall.organisation, hall: hall.site };
      const rebuilt = await store.database.system((tx) => rebuildHall({ tx, ...ref }));
      expect(rebuilt.hashAfter).toBe(rebuilt.hashBefore);
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);

test('a rebuild finds a derived row that somebody changed', async () => {
  const hall = await seedHall(store.database);
  await hall.record(1, { kind: 'reading', machine: 'M01', meters: { '00': 100 } });
  await hall.record(2, { kind: 'reading', machine: 'M01', meters: { '00': 200 } });
  const ref = { organisation: hall.organisation, hall: hall.site };
  const before = await store.database.system((tx) => hashDerived({ tx, ...ref }));
  await store.database.owner((tx) =>
    sql`update casino_rows set delta = 99 where hall_id = ${hall.site}`.execute(tx),
  );
  const rebuilt = await store.database.system((tx) => rebuildHall({ tx, ...ref }));
  expect(rebuilt.hashBefore).not.toBe(before);
  expect(rebuilt.hashAfter).toBe(before);
});

test('the database refuses an entry that does not balance', async () => {
  const hall = await seedHall(store.database);
  const unbalanced = hall.read(async ({ tx, organisation, hall: hall_id }) => {
    const at = new Date();
    const key = { org_id: organisation, hall_id };
    await tx
      .insertInto('casino_entries')
      .values({ ...key, id: 1000, type: 'vault.fill', at, fact_id: 1 })
      .execute();
    await tx
      .insertInto('casino_legs')
      .values([
        { ...key, entry_id: 1000, account: 'VAULT', amount_minor: 100 },
        { ...key, entry_id: 1000, account: 'DRAWER:D1', amount_minor: -99 },
      ])
      .execute();
  });
  await expect(unbalanced).rejects.toThrow(/does not balance/);
});

test.each([
  'casino_facts',
  'casino_answers',
  'casino_readings',
  'casino_entries',
  'casino_legs',
  'casino_adjustments',
  'casino_closed_days',
  'casino_transfer_steps',
  'casino_contributions',
  'casino_orders',
])('the serving role can neither change nor remove what stands in %s', async (table) => {
  const hall = await seedHall(store.database);
  for (const statement of [
    sql`update ${sql.table(table)} set org_id = org_id`,
    sql`delete from ${sql.table(table)}`,
    sql`truncate ${sql.table(table)}`,
  ])
    await expect(hall.read(({ tx }) => statement.execute(tx))).rejects.toThrow(/permission denied/);
});

test('another organisation sees nothing of a hall', async () => {
  const hall = await seedHall(store.database);
  const other = await seedHall(store.database);
  const { rows } = await store.database.tenant(other.organisation, (tx) =>
    sql`select 1 from casino_facts where hall_id = ${hall.site}`.execute(tx),
  );
  expect(rows).toEqual([]);
});
