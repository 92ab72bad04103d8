import { casinoActRoutes as acts, CasinoReportName, casinoReportRoutes as reports } from '@vakhta/api';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { useHallDesk } from './hall-desk.ts';

const hall = useHallDesk();

test('an auditor reads every report, as CSV too, and changes nothing', async () => {
  await hall.tell({ kind: 'reading', meters: { '00': 100, '05': 10 } });
  await hall.tell({ kind: 'reading', meters: { '00': 120, '05': 11 } });
  for (const report of CasinoReportName.options) {
    const read = await hall.as.auditor.call(reports.readCasinoReport, {
      params: { hall: hall.id, report },
      query: {},
    });
    expect([report, read.state, read.columns.length > 3]).toEqual([report, 'provisional', true]);
    const names = read.columns.map(({ name }) => name).sort();
    for (const row of read.rows) expect([report, Object.keys(row).sort()]).toEqual([report, names]);
  }
  const log = await hall.as.auditor.call(reports.readCasinoReport, {
    params: { hall: hall.id, report: 'meter-log' },
    query: { machine: 'M01' },
  });
  expect(log.rows).toMatchObject([
    { code: '00', previous: 100, current: 120, delta: 20, amount: 100 },
    { code: '05', delta: 1, amount: null },
  ]);
  const behindFigure = await hall.as.auditor.call(reports.readCasinoReport, {
    params: { hall: hall.id, report: 'meter-log' },
    query: { machine: 'M01', codes: '05,07', limit: 1 },
  });
  expect([behindFigure.total, behindFigure.rows.length]).toEqual([1, 1]);
  const before = await hall.as.auditor.call(reports.readCasinoReport, {
    params: { hall: hall.id, report: 'meter-log' },
    query: { from: '2020-01-01T00:00:00.000Z', to: '2020-01-02T00:00:00.000Z' },
  });
  expect(before.total).toBe(0);

  const token = await hall.tokenOf('auditor');
  const take = (file: string) =>
    fetch(`${hall.server.url}/api/v1/casino/halls/${hall.id}/reports/${file}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  const csv = await take('machines/csv');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  const lines = (await csv.text()).split('\r\n');
  expect(lines.find((line) => line.startsWith('Asset'))).toContain('Coin-in (minor)');
  expect(lines.some((line) => line.startsWith('M01,'))).toBe(true);

  const shifts = (await (await take('shifts/csv')).text()).split('\r\n');
  expect(shifts.find((line) => line.startsWith('D1,'))).toContain('D1,Test Person,');
  const workbook = await readSheet(Buffer.from(await (await take('meter-log/xlsx')).arrayBuffer()));
  const titles = workbook.findIndex(([first]) => first === 'Time');
  expect(workbook[titles]).toContain('Amount, BYN');
  expect(workbook[titles + 1]).toEqual(expect.arrayContaining([expect.any(Date), 'M01', '00', 120, 20, 1]));

  await expect(
    hall.as.auditor.call(acts.removeStacker, { params: { hall: hall.id, machine: 'M01' }, body: {} }),
  ).rejects.toMatchObject({ status: 403 });
});

test('what is done and what is refused stands in the audit', async () => {
  await expect(
    hall.as.cashier.call(acts.openShift, { params: { hall: hall.id, desk: 'D1' }, body: { countMinor: 1 } }),
  ).rejects.toMatchObject({ rule: 'shift_already_open' });
  const entries = await hall.inTenant((tx) =>
    tx
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('action', 'like', 'casino.%')
      .orderBy('id')
      .execute(),
  );
  expect(entries.map(({ action }) => action)).toEqual([
    'casino.set_up',
    'casino.set_up',
    'casino.set_up',
    'casino.set_up',
    'casino.act_done',
    'casino.act_refused',
  ]);
  expect(entries.at(-1)!.detail).toMatchObject({ act: { kind: 'shift.open' }, code: 'shift_already_open' });
});

test('a report with days the wrong way round is refused, by field and rule', async () => {
  await expect(
    hall.as.auditor.call(reports.readCasinoReport, {
      params: { hall: hall.id, report: 'machines' },
      query: { first: '2026-05-02', last: '2026-05-01' },
    }),
  ).rejects.toMatchObject({ status: 400, field: 'last', rule: 'minimum' });
});
