import {
  casinoActRoutes as acts,
  casinoApprovalRoutes as approvals,
  casinoCashRoutes as cash,
  casinoDayRoutes as days,
  casinoFloorRoutes as floor,
} from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tendHall } from '../../src/domains/casino/casino.ts';
import { useHallDesk } from './hall-desk.ts';

const hall = useHallDesk();

const orders = () =>
  hall.inTenant((tx) =>
    tx.selectFrom('commands').select(['action', 'input', 'risk', 'state']).orderBy('id').execute(),
  );

const creditOf = (amountMinor: number) =>
  ({ credit: 'cashable', direction: 'toMachine', desk: 'D1', machine: 'M01', amountMinor }) as const;

test('a cashier credits a machine once, whatever is sent again, and sees each step of its life', async () => {
  const body = creditOf(10_000);
  const params = { hall: hall.id, key: 'k1' };
  const first = await hall.as.cashier.call(acts.requestTransfer, { params, body });
  expect(first).toMatchObject({ status: 'accepted' });
  expect(await hall.as.cashier.call(acts.requestTransfer, { params, body })).toEqual(first);
  await expect(
    hall.as.cashier.call(acts.requestTransfer, { params, body: { ...body, amountMinor: 20_000 } }),
  ).rejects.toMatchObject({ status: 409, rule: 'key_reused' });

  const { wireId } = await hall.as.cashier.call(cash.readTransfer, { params });
  expect(await orders()).toEqual([
    {
      action: 'transferToMachine',
      input: { transfer: wireId, kind: 'cashable', amountCents: 10_000, allowPartial: false },
      risk: 'money',
      state: 'queued',
    },
  ]);
  await hall.tell({ kind: 'transfer.machine', key: 'k1', message: 'noReply' });
  expect(await hall.as.cashier.call(cash.readTransfer, { params })).toMatchObject({ state: 'unknown' });
  const waiting = await hall.as.attendant.call(floor.readInbox, { params: { hall: hall.id } });
  expect(waiting.items).toMatchObject([{ reason: 'unresolved_transfer', what: 'k1', amountMinor: 10_000 }]);
  await hall.tell({
    kind: 'transfer.machine',
    key: 'k1',
    message: 'interrogateReply',
    status: '00',
    amountMinor: 10_000,
  });
  const done = await hall.as.cashier.call(cash.readTransfer, { params });
  expect(done).toMatchObject({ state: 'completed', appliedMinor: 10_000 });
  expect(done.steps.map(({ state }) => state)).toEqual(['sent', 'unknown', 'completed']);
});

test('a transfer above the limit is ordered when another person approves it, and not before', async () => {
  const params = { hall: hall.id, key: 'k1' };
  const body = creditOf(60_000);
  expect(await hall.as.cashier.call(acts.requestTransfer, { params, body })).toMatchObject({
    status: 'waiting',
  });
  expect(await orders()).toEqual([]);
  await hall.as.supervisor.call(acts.approveTransfer, { params, body: {} });
  expect(await orders()).toMatchObject([{ action: 'transferToMachine', input: { amountCents: 60_000 } }]);
});

test('a hall hears that an agent went, and loses sight of what was under way there', async () => {
  const params = { hall: hall.id, key: 'k1' };
  const body = creditOf(500);
  await hall.as.cashier.call(acts.requestTransfer, { params, body });
  await hall.server.database.owner((tx) =>
    sql`update agents set online = false where id = ${hall.fixture.agent}`.execute(tx),
  );
  const inTheHall = (now: Date) =>
    hall.inTenant((tx) => tendHall({ tx, organisation: hall.fixture.organisation, hall: hall.id }, now));
  const now = systemClock.now();
  await inTheHall(new Date(now));
  await inTheHall(new Date(now + 60_000));
  expect(await hall.as.cashier.call(cash.readTransfer, { params })).toMatchObject({ state: 'unknown' });
  const alerts = await hall.inTenant((tx) =>
    tx.selectFrom('casino_alerts').select(['code', 'severity']).orderBy('id').execute(),
  );
  expect(alerts).toContainEqual({ code: 'AGENT_OFFLINE', severity: 'critical' });
});

test('what needs two persons waits for another one, is good for that alone, and once', async () => {
  await hall.tell({ kind: 'exception', code: '51' });
  await hall.tell({
    kind: 'handpayInfo',
    level: 'cancelledCredit' as const,
    amountMinor: 60_000,
    partialMinor: 0,
  });
  const pay = () =>
    hall.as.cashier.call(acts.payHandpay, {
      params: { hall: hall.id, machine: 'M01' },
      body: { desk: 'D1' },
    });
  await expect(pay()).rejects.toMatchObject({ status: 409, rule: 'approval_required' });
  const { items } = await hall.as.supervisor.call(approvals.listCasinoApprovals, {
    params: { hall: hall.id },
  });
  expect(items).toMatchObject([{ act: 'handpay.pay', of: { machine: 'M01', desk: 'D1' } }]);
  await hall.as.supervisor.call(approvals.approveCasinoAct, {
    params: { hall: hall.id, approval: items[0]!.id },
  });
  const reset = () =>
    hall.as.attendant.call(acts.orderMachine, {
      params: { hall: hall.id, machine: 'M01' },
      body: { order: 'resetHandpay' },
    });
  await expect(reset()).rejects.toMatchObject({ status: 409, rule: 'not_paid' });
  expect(await pay()).toMatchObject({ status: 'done' });
  const listed = await hall.as.attendant.call(cash.listHandpays, { params: { hall: hall.id } });
  expect(listed.items).toMatchObject([{ machine: 'M01', slip: '000001', paidMinor: 60_000, resetAt: null }]);
  await reset();
  expect(await orders()).toMatchObject([
    { action: 'resetHandpay', input: { payer: 'attendant' }, state: 'queued' },
  ]);
  await expect(pay()).rejects.toMatchObject({ rule: 'nothing_due' });
});

test('whoever asked sees that it was approved, and that it is used up', async () => {
  const { items: known } = await hall.as.supervisor.call(days.listGameDays, {
    params: { hall: hall.id },
    query: {},
  });
  expect(known).toMatchObject([{ state: 'running', closedBy: null, coinInMinor: 0, holdPct: null }]);
  const date = known[0]!.date;
  const { items: checks } = await hall.as.attendant.call(days.readDayChecks, {
    params: { hall: hall.id, date },
  });
  expect(checks).toEqual([
    { check: 'day_running', isNeeded: true, of: [date] },
    { check: 'held_open', isNeeded: true, of: [] },
    { check: 'transfer_unresolved', isNeeded: true, of: [] },
    { check: 'variance_unexplained', isNeeded: true, of: [] },
    { check: 'machine_unread', isNeeded: false, of: [] },
    { check: 'shift_open', isNeeded: false, of: ['D1'] },
  ]);

  const close = () =>
    hall.as.supervisor.call(acts.closeGameDay, { params: { hall: hall.id, date }, body: {} });
  const own = async () =>
    (await hall.as.supervisor.call(approvals.listOwnCasinoRequests, { params: { hall: hall.id } })).items;
  await expect(close()).rejects.toMatchObject({ rule: 'approval_required' });
  const [asked] = await own();
  expect(asked).toMatchObject({ act: 'gameDay.close', of: { date }, approvedBy: null, isUsed: false });
  await hall.as.manager.call(approvals.approveCasinoAct, { params: { hall: hall.id, approval: asked!.id } });
  expect(await own()).toMatchObject([{ id: asked!.id, approvedBy: expect.any(String), isUsed: false }]);
  await close();
  expect(await own()).toMatchObject([{ isUsed: true }]);
  expect(await hall.as.manager.call(approvals.listOwnCasinoRequests, { params: { hall: hall.id } })).toEqual({
    items: [],
  });
  const { items: after } = await hall.as.auditor.call(days.listGameDays, {
    params: { hall: hall.id },
    query: {},
  });
  expect(after).toMatchObject([
    { state: 'closed', closedBy: expect.any(String), approvedBy: expect.any(String) },
  ]);
});

test('nobody approves what they asked for themselves', async () => {
  const params = { hall: hall.id, date: '2026-05-01' };
  await expect(hall.as.supervisor.call(acts.closeGameDay, { params, body: {} })).rejects.toMatchObject({
    rule: 'approval_required',
  });
  const { items } = await hall.as.supervisor.call(approvals.listCasinoApprovals, {
    params: { hall: hall.id },
  });
  const own = { params: { hall: hall.id, approval: items[0]!.id } };
  await expect(hall.as.supervisor.call(approvals.approveCasinoAct, own)).rejects.toMatchObject({
    rule: 'self_approval',
  });
  await hall.as.manager.call(approvals.approveCasinoAct, own);
  expect(await hall.as.supervisor.call(acts.closeGameDay, { params, body: {} })).toMatchObject({
    status: 'done',
  });
});
