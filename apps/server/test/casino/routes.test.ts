import {
  type ApiClient,
  casinoActRoutes as acts,
  casinoAlertRoutes as alerts,
  casinoApprovalRoutes as approvals,
  CasinoReportName,
  casinoCashRoutes as cash,
  createClient,
  casinoDayRoutes as days,
  casinoFloorRoutes as floor,
  casinoGuestRoutes as guests,
  type Role,
  casinoReportRoutes as reports,
} from '@vakhta/api';
import { ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tendHall } from '../../src/domains/casino/casino.ts';
import type { Told } from '../../src/domains/casino/facts/fact.ts';
import { recordFact } from '../../src/domains/casino/facts/journal.ts';
import { type Fixture, seedOrganisation } from '../fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from '../running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

let fixture: Fixture;
let hall: string;
let as: Record<'manager' | 'supervisor' | 'cashier' | 'attendant' | 'auditor', ApiClient>;

async function join(role: Role): Promise<ApiClient> {
  const { token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), [role]);
  return createClient({ server: desk.url, token });
}

beforeEach(async () => {
  fixture = await seedOrganisation(desk.database);
  hall = fixture.site;
  await becomeSlotMachine();
  as = {
    manager: await join('manager'),
    supervisor: await join('supervisor'),
    cashier: await join('cashier'),
    attendant: await join('attendant'),
    auditor: await join('auditor'),
  };
  const { manager, cashier } = as;
  await manager.call(floor.setHall, {
    params: { hall },
    body: {
      timeZone: 'Europe/Minsk',
      gameDayStart: '06:00',
      currency: 'BYN',
      minorDigits: 2,
      policy: { twoPersonLimitMinor: 50_000 },
    },
  });
  await manager.call(floor.addMachine, {
    params: { hall },
    body: {
      machine: 'M01',
      thing: fixture.things[0],
      serial: 'SN-1',
      denominationMinor: 5,
      maxBetCredits: 100,
      maxWinCredits: 50_000,
      parHoldPct: '8.000',
    },
  });
  await manager.call(floor.addDesk, { params: { hall }, body: { desk: 'D1', openingMinor: 100_000 } });
  await cashier.call(acts.openShift, { params: { hall, desk: 'D1' }, body: { countMinor: 100_000 } });
});

const field = { type: 'string' } as const;
const action = (risk: 'money') => ({
  title: { en: 'Transfer', ru: 'Перевод' },
  input: {
    type: 'object',
    properties: {
      transfer: field,
      kind: field,
      amountCents: { type: 'integer' },
      allowPartial: { type: 'boolean' },
    },
    required: ['transfer', 'kind', 'amountCents'],
  },
  risk,
  timeout: 30_000,
});

/** The fixture's thing is one that can be credited, and its agent is connected. */
const becomeSlotMachine = () =>
  desk.database.owner(async (tx) => {
    const model = ThingModel.parse({
      id: 'lamp',
      version: '1.0.0',
      title: { en: 'Slot machine', ru: 'Игровой автомат' },
      configuration: { type: 'object' },
      properties: {},
      actions: {
        transferToMachine: action('money'),
        transferToHost: action('money'),
        resetHandpay: {
          title: { en: 'Reset', ru: 'Сброс' },
          input: { type: 'object', properties: { payer: field } },
          risk: 'money',
          timeout: 20_000,
        },
      },
      events: {},
    });
    await sql`update thing_models set definition = ${JSON.stringify(model)}::json where org_id = ${fixture.organisation}`.execute(
      tx,
    );
    await sql`update agents set online = true, online_since = now() where id = ${fixture.agent}`.execute(tx);
  });

const orders = async () =>
  desk.database.tenant(fixture.organisation, (tx) =>
    tx.selectFrom('commands').select(['action', 'input', 'risk', 'state']).orderBy('id').execute(),
  );

/** What the machine tells just now. */
const tell = (told: Told) =>
  desk.database.tenant(fixture.organisation, (tx) =>
    recordFact({ tx, organisation: fixture.organisation, hall }, told, { now: new Date() }),
  );
const told = <T>(rest: T) => ({ machine: 'M01', ...rest });

test('a cashier credits a machine once, whatever is sent again, and sees each step of its life', async () => {
  const body = {
    credit: 'cashable',
    direction: 'toMachine',
    desk: 'D1',
    machine: 'M01',
    amountMinor: 10_000,
  } as const;
  const params = { hall, key: 'k1' };
  const first = await as.cashier.call(acts.requestTransfer, { params, body });
  expect(first).toMatchObject({ status: 'accepted' });
  expect(await as.cashier.call(acts.requestTransfer, { params, body })).toEqual(first);
  await expect(
    as.cashier.call(acts.requestTransfer, { params, body: { ...body, amountMinor: 20_000 } }),
  ).rejects.toMatchObject({ status: 409, rule: 'key_reused' });

  const { wireId } = await as.cashier.call(cash.readTransfer, { params });
  expect(await orders()).toEqual([
    {
      action: 'transferToMachine',
      input: { transfer: wireId, kind: 'cashable', amountCents: 10_000, allowPartial: false },
      risk: 'money',
      state: 'queued',
    },
  ]);
  await tell({ kind: 'transfer.machine', ...told({ key: 'k1', message: 'noReply' as const }) });
  expect(await as.cashier.call(cash.readTransfer, { params })).toMatchObject({ state: 'unknown' });
  const waiting = await as.attendant.call(floor.readInbox, { params: { hall } });
  expect(waiting.items).toMatchObject([{ reason: 'unresolved_transfer', what: 'k1', amountMinor: 10_000 }]);
  await tell({
    kind: 'transfer.machine',
    ...told({ key: 'k1', message: 'interrogateReply' as const, status: '00', amountMinor: 10_000 }),
  });
  const done = await as.cashier.call(cash.readTransfer, { params });
  expect(done).toMatchObject({ state: 'completed', appliedMinor: 10_000 });
  expect(done.steps.map(({ state }) => state)).toEqual(['sent', 'unknown', 'completed']);
});

test('a transfer above the limit is ordered when another person approves it, and not before', async () => {
  const params = { hall, key: 'k1' };
  const body = {
    credit: 'cashable',
    direction: 'toMachine',
    desk: 'D1',
    machine: 'M01',
    amountMinor: 60_000,
  } as const;
  expect(await as.cashier.call(acts.requestTransfer, { params, body })).toMatchObject({ status: 'waiting' });
  expect(await orders()).toEqual([]);
  await as.supervisor.call(acts.approveTransfer, { params, body: {} });
  expect(await orders()).toMatchObject([{ action: 'transferToMachine', input: { amountCents: 60_000 } }]);
});

test('a hall hears that an agent went, and loses sight of what was under way there', async () => {
  const params = { hall, key: 'k1' };
  const body = {
    credit: 'cashable',
    direction: 'toMachine',
    desk: 'D1',
    machine: 'M01',
    amountMinor: 500,
  } as const;
  await as.cashier.call(acts.requestTransfer, { params, body });
  await desk.database.owner((tx) =>
    sql`update agents set online = false where id = ${fixture.agent}`.execute(tx),
  );
  const inTheHall = (now: Date) =>
    desk.database.tenant(fixture.organisation, (tx) =>
      tendHall({ tx, organisation: fixture.organisation, hall }, now),
    );
  const now = Date.now();
  await inTheHall(new Date(now));
  await inTheHall(new Date(now + 60_000));
  expect(await as.cashier.call(cash.readTransfer, { params })).toMatchObject({ state: 'unknown' });
  const alerts = await desk.database.tenant(fixture.organisation, (tx) =>
    tx.selectFrom('casino_alerts').select(['code', 'severity']).orderBy('id').execute(),
  );
  expect(alerts).toContainEqual({ code: 'AGENT_OFFLINE', severity: 'critical' });
});

test('what needs two persons waits for another one, is good for that alone, and once', async () => {
  await tell({ kind: 'exception', ...told({ code: '51' }) });
  await tell({
    kind: 'handpayInfo',
    ...told({ level: 'cancelledCredit' as const, amountMinor: 60_000, partialMinor: 0 }),
  });
  const pay = () =>
    as.cashier.call(acts.payHandpay, { params: { hall, machine: 'M01' }, body: { desk: 'D1' } });
  await expect(pay()).rejects.toMatchObject({ status: 409, rule: 'approval_required' });
  const { items } = await as.supervisor.call(approvals.listCasinoApprovals, { params: { hall } });
  expect(items).toMatchObject([{ act: 'handpay.pay', of: { machine: 'M01', desk: 'D1' } }]);
  await as.supervisor.call(approvals.approveCasinoAct, { params: { hall, approval: items[0]!.id } });
  const reset = () =>
    as.attendant.call(acts.orderMachine, {
      params: { hall, machine: 'M01' },
      body: { order: 'resetHandpay' },
    });
  await expect(reset()).rejects.toMatchObject({ status: 409, rule: 'not_paid' });
  expect(await pay()).toMatchObject({ status: 'done' });
  const listed = await as.attendant.call(cash.listHandpays, { params: { hall } });
  expect(listed.items).toMatchObject([{ machine: 'M01', slip: '000001', paidMinor: 60_000, resetAt: null }]);
  await reset();
  expect(await orders()).toMatchObject([
    { action: 'resetHandpay', input: { payer: 'attendant' }, state: 'queued' },
  ]);
  await expect(pay()).rejects.toMatchObject({ rule: 'nothing_due' });
});

test('whoever asked sees that it was approved, and that it is used up', async () => {
  const { items: known } = await as.supervisor.call(days.listGameDays, { params: { hall }, query: {} });
  expect(known).toMatchObject([{ state: 'running', closedBy: null, coinInMinor: 0, holdPct: null }]);
  const date = known[0]!.date;
  const { items: checks } = await as.attendant.call(days.readDayChecks, { params: { hall, date } });
  expect(checks).toEqual([
    { check: 'day_running', isNeeded: true, of: [date] },
    { check: 'held_open', isNeeded: true, of: [] },
    { check: 'transfer_unresolved', isNeeded: true, of: [] },
    { check: 'variance_unexplained', isNeeded: true, of: [] },
    { check: 'machine_unread', isNeeded: false, of: [] },
    { check: 'shift_open', isNeeded: false, of: ['D1'] },
  ]);

  const close = () => as.supervisor.call(acts.closeGameDay, { params: { hall, date }, body: {} });
  const own = async () =>
    (await as.supervisor.call(approvals.listOwnCasinoRequests, { params: { hall } })).items;
  await expect(close()).rejects.toMatchObject({ rule: 'approval_required' });
  const [asked] = await own();
  expect(asked).toMatchObject({ act: 'gameDay.close', of: { date }, approvedBy: null, isUsed: false });
  await as.manager.call(approvals.approveCasinoAct, { params: { hall, approval: asked!.id } });
  expect(await own()).toMatchObject([{ id: asked!.id, approvedBy: expect.any(String), isUsed: false }]);
  await close();
  expect(await own()).toMatchObject([{ isUsed: true }]);
  expect(await as.manager.call(approvals.listOwnCasinoRequests, { params: { hall } })).toEqual({ items: [] });
  const { items: after } = await as.auditor.call(days.listGameDays, { params: { hall }, query: {} });
  expect(after).toMatchObject([
    { state: 'closed', closedBy: expect.any(String), approvedBy: expect.any(String) },
  ]);
});

test('nobody approves what they asked for themselves', async () => {
  const params = { hall, date: '2026-05-01' };
  await expect(as.supervisor.call(acts.closeGameDay, { params, body: {} })).rejects.toMatchObject({
    rule: 'approval_required',
  });
  const { items } = await as.supervisor.call(approvals.listCasinoApprovals, { params: { hall } });
  const own = { params: { hall, approval: items[0]!.id } };
  await expect(as.supervisor.call(approvals.approveCasinoAct, own)).rejects.toMatchObject({
    rule: 'self_approval',
  });
  await as.manager.call(approvals.approveCasinoAct, own);
  expect(await as.supervisor.call(acts.closeGameDay, { params, body: {} })).toMatchObject({ status: 'done' });
});

test('an attendant sees a guest at a machine on the floor; a cashier is not told what should be in the drawer', async () => {
  await as.attendant.call(acts.addPlayer, { params: { hall }, body: { player: 'P1' } });
  await tell({ kind: 'reading', ...told({ meters: { '00': 100, '05': 10, '0C': 40 } }) });
  await as.attendant.call(acts.seatGuest, { params: { hall, machine: 'M01' }, body: { player: 'P1' } });
  await tell({ kind: 'reading', ...told({ meters: { '00': 120, '05': 11, '0C': 20 } }) });
  const { items } = await as.attendant.call(floor.readFloor, { params: { hall } });
  expect(items).toMatchObject([
    { machine: 'M01', credits: 20, player: 'P1', link: 'online', today: { coinInMinor: 100, games: 1 } },
  ]);
  const detail = await as.attendant.call(floor.readMachine, { params: { hall, machine: 'M01' } });
  expect(detail).toMatchObject({ meters: { '00': 120 }, lifetime: { '00': 120 }, epochs: [{ epoch: 1 }] });
  const players = await as.attendant.call(guests.listPlayers, { params: { hall } });
  expect(players.items).toMatchObject([{ player: 'P1', playing: [{ machine: 'M01' }] }]);
  const statistics = await as.attendant.call(guests.readGuestStatistics, { params: { hall, player: 'P1' } });
  expect(statistics.total).toMatchObject({ coinInMinor: 100, games: 1, playerWinPct: '-100.000' });
  expect(statistics.sessions).toMatchObject([{ machine: 'M01', to: null, coinInMinor: 100 }]);
  expect(statistics.gameDays).toMatchObject([{ coinInMinor: 100, winMinor: 100, holdPct: '100.000' }]);

  const drawerOf = async (client: ApiClient) =>
    (await client.call(cash.listDesks, { params: { hall } })).items[0]!.drawerMinor;
  expect(await drawerOf(as.cashier)).toBeNull();
  expect(await drawerOf(as.supervisor)).toBe(100_000);
});

test('a decision on a doubtful meter is taken back while its day is open, and the figures with it', async () => {
  await tell({ kind: 'reading', ...told({ meters: { '00': 1000 } }) });
  await tell({ kind: 'reading', ...told({ meters: { '00': 5_000_000 } }) });
  const inbox = () => as.supervisor.call(floor.readInbox, { params: { hall } });
  const params = { hall, machine: 'M01', code: '00' };
  /** The supervisor asks, the manager approves, the supervisor does it. */
  const asTwo = async (deed: () => Promise<unknown>) => {
    await expect(deed()).rejects.toMatchObject({ rule: 'approval_required' });
    const { items } = await as.manager.call(approvals.listCasinoApprovals, { params: { hall } });
    await as.manager.call(approvals.approveCasinoAct, { params: { hall, approval: items[0]!.id } });
    await deed();
  };
  const coinIn = async () =>
    (await as.supervisor.call(days.listGameDays, { params: { hall }, query: {} })).items[0]!.coinInMinor;

  await asTwo(() =>
    as.supervisor.call(acts.resolveHeldDelta, { params, body: { decision: 'accept' as const } }),
  );
  expect(await coinIn()).toBe(4_999_000 * 5);
  const { items, decided } = await inbox();
  expect([items, decided]).toMatchObject([[], [{ machine: 'M01', code: '00', decision: 'accepted' }]]);
  const { at } = decided[0]!;
  await asTwo(() => as.supervisor.call(acts.undoHeldDelta, { params, body: { at } }));
  expect(await coinIn()).toBe(0);
  expect(await inbox()).toMatchObject({ items: [{ reason: 'held_delta', delta: 4_999_000 }], decided: [] });
  await asTwo(() =>
    as.supervisor.call(acts.resolveHeldDelta, { params, body: { decision: 'reject' as const } }),
  );
  expect(await coinIn()).toBe(0);
  expect((await inbox()).decided).toMatchObject([{ decision: 'rejected' }]);
  const balances = await desk.database.tenant(fixture.organisation, (tx) =>
    sql<{ sum: number }>`select coalesce(sum(amount_minor), 0)::bigint as sum from casino_legs`.execute(tx),
  );
  expect(balances.rows).toEqual([{ sum: 0 }]);
});

test('an alert is taken on once, by name, and is over when its cause is', async () => {
  const { attendant, auditor, supervisor } = as;
  await tell({ kind: 'exception', ...told({ code: '11' }) });
  const list = () =>
    auditor.call(alerts.listCasinoAlerts, { params: { hall }, query: { clearedSince: since } });
  const since = new Date(Date.now() - 60_000).toISOString();
  const [open] = (await list()).open.filter(({ subject }) => subject === 'M01');
  expect(open).toMatchObject({ code: 'DOOR_MAIN', isMachine: true, acknowledgedAt: null });
  const taken = { params: { hall }, body: { code: 'DOOR_MAIN', subject: 'M01', note: 'on my way' } };
  await attendant.call(acts.acknowledgeCasinoAlert, taken);
  await expect(supervisor.call(acts.acknowledgeCasinoAlert, taken)).rejects.toMatchObject({
    rule: 'alert_not_waiting',
  });
  const { items: staff } = await attendant.call(cash.listCasinoStaff, { params: { hall } });
  const { acknowledgedBy, note } = (await list()).open.find(({ code }) => code === 'DOOR_MAIN')!;
  expect([staff.some(({ member }) => member === acknowledgedBy), note]).toEqual([true, 'on my way']);
  await tell({ kind: 'exception', ...told({ code: '12' }) });
  const { cleared } = await list();
  expect(cleared.filter(({ code }) => code === 'DOOR_MAIN')).toMatchObject([{ note: 'on my way' }]);
});

test('a guest’s card is kept beside the journal: who may not play is not seated, and is still paid', async () => {
  const { manager, attendant, auditor, cashier } = as;
  await attendant.call(acts.addPlayer, { params: { hall }, body: { player: 'P1' } });
  const label = crypto.randomUUID();
  const gold = { kind: 'status', name: 'Gold', colour: 'gold', letter: 'G', place: 0 } as const;
  await manager.call(guests.setGuestLabel, { params: { hall, label }, body: gold });
  const card = { company: null, phone: '+375 29 123-45-67', born: '1980-02-29', status: label, group: null };
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const write = (rest: object) =>
    attendant.call(guests.setGuestCard, {
      params: { hall, player: 'P1' },
      body: { ...card, note: null, excluded: false, ...rest },
    });
  await write({ photo: jpeg.toString('base64') });
  await write({ excluded: true });
  const cardFor = async (client: ApiClient) =>
    (await client.call(guests.listPlayers, { params: { hall } })).items[0];
  expect(await cardFor(attendant)).toMatchObject({ ...card, excluded: true, photoAt: expect.any(String) });
  expect(await cardFor(auditor)).toMatchObject({ phone: '•••• 4567' });
  const { items } = await auditor.call(guests.listGuestLabels, { params: { hall } });
  expect(items).toMatchObject([{ name: 'Gold', guests: 1 }]);

  await expect(write({ photo: jpeg.subarray(1).toString('base64') })).rejects.toMatchObject({
    field: 'photo',
  });
  await expect(write({ group: label })).rejects.toMatchObject({ field: 'group' });
  const another = { params: { hall, label: crypto.randomUUID() }, body: gold };
  await expect(manager.call(guests.setGuestLabel, another)).rejects.toMatchObject({ field: 'name' });

  const excluded = { rule: 'guest_excluded' };
  const machine = { hall, machine: 'M01' };
  await expect(
    attendant.call(acts.seatGuest, { params: machine, body: { player: 'P1' } }),
  ).rejects.toMatchObject(excluded);
  const transfer = {
    credit: 'cashable',
    desk: 'D1',
    machine: 'M01',
    amountMinor: 1000,
    player: 'P1',
  } as const;
  await expect(
    cashier.call(acts.requestTransfer, {
      params: { hall, key: 'in' },
      body: { ...transfer, direction: 'toMachine' },
    }),
  ).rejects.toMatchObject(excluded);
  const out = { params: { hall, key: 'out' }, body: { ...transfer, direction: 'toHost' as const } };
  expect(await cashier.call(acts.requestTransfer, out)).toMatchObject({ status: 'accepted' });
});

test('an auditor reads every report, as CSV too, and changes nothing', async () => {
  await tell({ kind: 'reading', ...told({ meters: { '00': 100, '05': 10 } }) });
  await tell({ kind: 'reading', ...told({ meters: { '00': 120, '05': 11 } }) });
  for (const report of CasinoReportName.options) {
    const read = await as.auditor.call(reports.readCasinoReport, { params: { hall, report }, query: {} });
    expect([report, read.state, read.columns.length > 3]).toEqual([report, 'provisional', true]);
    const names = read.columns.map(({ name }) => name).sort();
    for (const row of read.rows) expect([report, Object.keys(row).sort()]).toEqual([report, names]);
  }
  const log = await as.auditor.call(reports.readCasinoReport, {
    params: { hall, report: 'meter-log' },
    query: { machine: 'M01' },
  });
  expect(log.rows).toMatchObject([
    { code: '00', previous: 100, current: 120, delta: 20, amount: 100 },
    { code: '05', delta: 1, amount: null },
  ]);
  const behindFigure = await as.auditor.call(reports.readCasinoReport, {
    params: { hall, report: 'meter-log' },
    query: { machine: 'M01', codes: '05,07', limit: 1 },
  });
  expect([behindFigure.total, behindFigure.rows.length]).toEqual([1, 1]);
  const before = await as.auditor.call(reports.readCasinoReport, {
    params: { hall, report: 'meter-log' },
    query: { from: '2020-01-01T00:00:00.000Z', to: '2020-01-02T00:00:00.000Z' },
  });
  expect(before.total).toBe(0);

  const { token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), ['auditor']);
  const take = (file: string) =>
    fetch(`${desk.url}/api/v1/casino/halls/${hall}/reports/${file}`, {
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
    as.auditor.call(acts.removeStacker, { params: { hall, machine: 'M01' }, body: {} }),
  ).rejects.toMatchObject({ status: 403 });
});

test('what is done and what is refused stands in the audit', async () => {
  await expect(
    as.cashier.call(acts.openShift, { params: { hall, desk: 'D1' }, body: { countMinor: 1 } }),
  ).rejects.toMatchObject({ rule: 'shift_already_open' });
  const entries = await desk.database.tenant(fixture.organisation, (tx) =>
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
    as.auditor.call(reports.readCasinoReport, {
      params: { hall, report: 'machines' },
      query: { first: '2026-05-02', last: '2026-05-01' },
    }),
  ).rejects.toMatchObject({ status: 400, field: 'last', rule: 'minimum' });
});
