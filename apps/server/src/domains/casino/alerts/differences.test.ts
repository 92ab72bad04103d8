import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seedHall, type TestHall } from '../../../../test/casino/hall-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import type { FactInput } from '../facts/fact.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

const DAY = 24 * 60;
const two = { by: 'ann', approvedBy: 'bob' };
let hall: TestHall;
beforeEach(async () => {
  hall = await seedHall(store.database);
  await hall.rule({
    shiftToleranceMinor: 100,
    shiftReportAtMinor: 5000,
    dropInvestigateAtMinor: 1000,
    holdMinGames: 100,
    holdLimitPp: '3.000',
  });
});

const alerts = (code: string) =>
  hall.read(async ({ tx, hall: id }) => {
    const rows = await tx
      .selectFrom('casino_alerts')
      .select(['subject', 'severity', 'cleared_at'])
      .where('hall_id', '=', id)
      .where('code', '=', code)
      .orderBy('id')
      .execute();
    return rows.map(
      ({ subject, severity, cleared_at }) => `${subject} ${severity}${cleared_at ? ', over' : ''}`,
    );
  });

test.each([
  [99_950, []],
  [99_000, ['D1 warning']],
  [94_000, ['D1 high']],
])(
  'a drawer of 1,000.00 that is counted as %i is an alert until two persons close the shift',
  async (countMinor, open) => {
    await hall.record(1, { kind: 'shift.open', desk: 'D1', cashier: 'ann', countMinor: 100_000 });
    await hall.record(2, { kind: 'shift.count', desk: 'D1', by: 'ann', countMinor });
    expect(await alerts('SHIFT_OVER_SHORT')).toEqual(open);
    await hall.record(3, { kind: 'shift.close', desk: 'D1', reason: 'a note stuck to another', ...two });
    expect(await alerts('SHIFT_OVER_SHORT')).toEqual(open.map((one) => `${one}, over`));
  },
);

test('a stacker that held another sum than was metered is an alert until the next one is in order', async () => {
  const stacker = async (minutes: number, read: number, counted: number) => {
    await hall.record(minutes, { kind: 'reading', machine: 'M01', meters: { '43': read } });
    await hall.record(minutes + 1, { kind: 'stacker.removed', machine: 'M01' });
    await hall.record(minutes + 2, {
      kind: 'stacker.counted',
      machine: 'M01',
      notes: { '1000': counted },
      ...two,
    });
  };
  await hall.record(1, { kind: 'reading', machine: 'M01', meters: { '43': 0 } });
  await stacker(10, 3, 3);
  expect(await alerts('DROP_VARIANCE')).toEqual([]);
  await stacker(20, 7, 3);
  expect(await alerts('DROP_VARIANCE')).toEqual(['M01 high']);
  await stacker(30, 9, 2);
  expect(await alerts('DROP_VARIANCE')).toEqual(['M01 high, over']);
});

test('a machine that keeps another share than its paytable says is an alert once enough was played', async () => {
  const played = (minutes: number, games: number, coinIn: number, won: number): Promise<unknown> => {
    const meters = { '05': games, '00': coinIn, '01': won };
    return hall.record(minutes, { kind: 'reading', machine: 'M01', meters });
  };
  const close = (minutes: number, date: string): Promise<unknown> => {
    const fact: FactInput = { kind: 'gameDay.close', date, ...two };
    return hall.record(minutes, fact);
  };
  await played(1, 0, 0, 0);
  await played(2, 99, 990, 0);
  await close(DAY, '2026-05-10');
  expect(await alerts('HOLD_VARIANCE')).toEqual([]);
  await played(DAY + 1, 101, 1010, 0);
  await close(2 * DAY, '2026-05-11');
  expect(await alerts('HOLD_VARIANCE')).toEqual(['M01 warning']);
  await played(2 * DAY + 1, 1001, 10_010, 9200);
  await close(3 * DAY, '2026-05-12');
  expect(await alerts('HOLD_VARIANCE')).toEqual(['M01 warning, over']);
});
