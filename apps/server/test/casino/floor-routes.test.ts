import {
  type ApiClient,
  casinoActRoutes as acts,
  casinoAlertRoutes as alerts,
  casinoApprovalRoutes as approvals,
  casinoCashRoutes as cash,
  casinoDayRoutes as days,
  casinoFloorRoutes as floor,
  casinoGuestRoutes as guests,
} from '@vakhta/api';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useHallDesk } from './hall-desk.ts';

const hall = useHallDesk();

test('an attendant sees a guest at a machine on the floor; a cashier is not told what should be in the drawer', async () => {
  await hall.as.attendant.call(acts.addPlayer, { params: { hall: hall.id }, body: { player: 'P1' } });
  await hall.tell({ kind: 'reading', meters: { '00': 100, '05': 10, '0C': 40 } });
  await hall.as.attendant.call(acts.seatGuest, {
    params: { hall: hall.id, machine: 'M01' },
    body: { player: 'P1' },
  });
  await hall.tell({ kind: 'reading', meters: { '00': 120, '05': 11, '0C': 20 } });
  const { items } = await hall.as.attendant.call(floor.readFloor, { params: { hall: hall.id } });
  expect(items).toMatchObject([
    { machine: 'M01', credits: 20, player: 'P1', link: 'online', today: { coinInMinor: 100, games: 1 } },
  ]);
  const detail = await hall.as.attendant.call(floor.readMachine, {
    params: { hall: hall.id, machine: 'M01' },
  });
  expect(detail).toMatchObject({ meters: { '00': 120 }, lifetime: { '00': 120 }, epochs: [{ epoch: 1 }] });
  const players = await hall.as.attendant.call(guests.listPlayers, { params: { hall: hall.id } });
  expect(players.items).toMatchObject([{ player: 'P1', playing: [{ machine: 'M01' }] }]);
  const statistics = await hall.as.attendant.call(guests.readGuestStatistics, {
    params: { hall: hall.id, player: 'P1' },
  });
  expect(statistics.total).toMatchObject({ coinInMinor: 100, games: 1, playerWinPct: '-100.000' });
  expect(statistics.sessions).toMatchObject([{ machine: 'M01', to: null, coinInMinor: 100 }]);
  expect(statistics.gameDays).toMatchObject([{ coinInMinor: 100, winMinor: 100, holdPct: '100.000' }]);

  const drawerOf = async (client: ApiClient) =>
    (await client.call(cash.listDesks, { params: { hall: hall.id } })).items[0]!.drawerMinor;
  expect(await drawerOf(hall.as.cashier)).toBeNull();
  expect(await drawerOf(hall.as.supervisor)).toBe(100_000);
});

test('a decision on a doubtful meter is taken back while its day is open, and the figures with it', async () => {
  await hall.tell({ kind: 'reading', meters: { '00': 1000 } });
  await hall.tell({ kind: 'reading', meters: { '00': 5_000_000 } });
  const inbox = () => hall.as.supervisor.call(floor.readInbox, { params: { hall: hall.id } });
  const params = { hall: hall.id, machine: 'M01', code: '00' };
  /** The supervisor asks, the manager approves, the supervisor does it. */
  const asTwo = async (deed: () => Promise<unknown>) => {
    await expect(deed()).rejects.toMatchObject({ rule: 'approval_required' });
    const { items } = await hall.as.manager.call(approvals.listCasinoApprovals, {
      params: { hall: hall.id },
    });
    await hall.as.manager.call(approvals.approveCasinoAct, {
      params: { hall: hall.id, approval: items[0]!.id },
    });
    await deed();
  };
  const coinIn = async () =>
    (await hall.as.supervisor.call(days.listGameDays, { params: { hall: hall.id }, query: {} })).items[0]!
      .coinInMinor;

  await asTwo(() =>
    hall.as.supervisor.call(acts.resolveHeldDelta, { params, body: { decision: 'accept' as const } }),
  );
  expect(await coinIn()).toBe(4_999_000 * 5);
  const { items, decided } = await inbox();
  expect([items, decided]).toMatchObject([[], [{ machine: 'M01', code: '00', decision: 'accepted' }]]);
  const body = { at: decided[0]!.at };
  await asTwo(() => hall.as.supervisor.call(acts.undoHeldDelta, { params, body }));
  expect(await coinIn()).toBe(0);
  expect(await inbox()).toMatchObject({ items: [{ reason: 'held_delta', delta: 4_999_000 }], decided: [] });
  await asTwo(() =>
    hall.as.supervisor.call(acts.resolveHeldDelta, { params, body: { decision: 'reject' as const } }),
  );
  expect(await coinIn()).toBe(0);
  expect((await inbox()).decided).toMatchObject([{ decision: 'rejected' }]);
  const balances = await hall.inTenant((tx) =>
    sql<{ sum: number }>`select coalesce(sum(amount_minor), 0)::bigint as sum from casino_legs`.execute(tx),
  );
  expect(balances.rows).toEqual([{ sum: 0 }]);
});

test('what was not understood waits until somebody has seen it, and stays in the journal', async () => {
  await hall.tell({ kind: 'notUnderstood', event: 'reading', problem: 'meters: expected a record' });
  const { supervisor, attendant } = hall.as;
  const inbox = async () =>
    (await supervisor.call(floor.readInbox, { params: { hall: hall.id } })).items.filter(
      ({ reason }) => reason === 'not_understood',
    );
  const [item] = await inbox();
  expect(item).toMatchObject({ machine: 'M01', what: 'reading' });
  const params = { hall: hall.id, message: Number(item!.detail.message) };
  await expect(attendant.call(acts.setMessageAside, { params, body: {} })).rejects.toMatchObject({
    status: 403,
  });
  await supervisor.call(acts.setMessageAside, { params, body: {} });
  expect(await inbox()).toEqual([]);
  await expect(supervisor.call(acts.setMessageAside, { params, body: {} })).rejects.toMatchObject({
    rule: 'message_not_waiting',
  });
});

test('an alert is taken on once, by name, and is over when its cause is', async () => {
  const { attendant, auditor, supervisor } = hall.as;
  await hall.tell({ kind: 'exception', code: '11' });
  const list = () =>
    auditor.call(alerts.listCasinoAlerts, {
      params: { hall: hall.id },
      query: { clearedSince: '2000-01-01T00:00:00.000Z' },
    });
  const [open] = (await list()).open.filter(({ subject }) => subject === 'M01');
  expect(open).toMatchObject({ code: 'DOOR_MAIN', isMachine: true, acknowledgedAt: null });
  const taken = { params: { hall: hall.id }, body: { code: 'DOOR_MAIN', subject: 'M01', note: 'on my way' } };
  await attendant.call(acts.acknowledgeCasinoAlert, taken);
  await expect(supervisor.call(acts.acknowledgeCasinoAlert, taken)).rejects.toMatchObject({
    rule: 'alert_not_waiting',
  });
  const { items: staff } = await attendant.call(cash.listCasinoStaff, { params: { hall: hall.id } });
  const { acknowledgedBy, note } = (await list()).open.find(({ code }) => code === 'DOOR_MAIN')!;
  expect([staff.some(({ member }) => member === acknowledgedBy), note]).toEqual([true, 'on my way']);
  await hall.tell({ kind: 'exception', code: '12' });
  const { cleared } = await list();
  expect(cleared.filter(({ code }) => code === 'DOOR_MAIN')).toMatchObject([{ note: 'on my way' }]);
});

test('a guest’s card is kept beside the journal: who may not play is not seated, and is still paid', async () => {
  const { manager, attendant, auditor, cashier } = hall.as;
  await attendant.call(acts.addPlayer, { params: { hall: hall.id }, body: { player: 'P1' } });
  const label = crypto.randomUUID();
  const gold = { kind: 'status', name: 'Gold', colour: 'gold', letter: 'G', place: 0 } as const;
  await manager.call(guests.setGuestLabel, { params: { hall: hall.id, label }, body: gold });
  const card = { company: null, phone: '+375 29 123-45-67', born: '1980-02-29', status: label, group: null };
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const write = (rest: object) =>
    attendant.call(guests.setGuestCard, {
      params: { hall: hall.id, player: 'P1' },
      body: { ...card, note: null, excluded: false, ...rest },
    });
  await write({ photo: jpeg.toString('base64') });
  await write({ excluded: true });
  const cardFor = async (client: ApiClient) =>
    (await client.call(guests.listPlayers, { params: { hall: hall.id } })).items[0];
  expect(await cardFor(attendant)).toMatchObject({ ...card, excluded: true, photoAt: expect.any(String) });
  expect(await cardFor(auditor)).toMatchObject({ phone: '•••• 4567' });
  const { items } = await auditor.call(guests.listGuestLabels, { params: { hall: hall.id } });
  expect(items).toMatchObject([{ name: 'Gold', guests: 1 }]);

  await expect(write({ photo: jpeg.subarray(1).toString('base64') })).rejects.toMatchObject({
    field: 'photo',
  });
  await expect(write({ group: label })).rejects.toMatchObject({ field: 'group' });
  const another = { params: { hall: hall.id, label: crypto.randomUUID() }, body: gold };
  await expect(manager.call(guests.setGuestLabel, another)).rejects.toMatchObject({ field: 'name' });

  const excluded = { rule: 'guest_excluded' };
  const machine = { hall: hall.id, machine: 'M01' };
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
      params: { hall: hall.id, key: 'in' },
      body: { ...transfer, direction: 'toMachine' },
    }),
  ).rejects.toMatchObject(excluded);
  const out = { params: { hall: hall.id, key: 'out' }, body: { ...transfer, direction: 'toHost' as const } };
  expect(await cashier.call(acts.requestTransfer, out)).toMatchObject({ status: 'accepted' });
});
