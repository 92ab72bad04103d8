import { expect, test } from 'vitest';
import { hostBench } from '../../test/host-bench.ts';
import { Cents } from '../codec/index.ts';
import type { HostEvents } from './index.ts';

test('a machine that has just started is synchronised, and tells what it is', async () => {
  const { clock, host } = hostBench({ setup: { credits: 16660, assetNumber: 300 } });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  expect(host.capabilities).toMatchObject({
    gameId: 'ZZ',
    denomCode: 1,
    sasVersion: '602',
    assetNumber: 300,
  });
  const credits = host.ask('currentCredits', {});
  await clock.advance(500);
  expect(await credits).toMatchObject({ ok: true, kind: 'data', fields: { credits: 16660 } });
});

test('every exception is told once and in order, with and without real-time events', async () => {
  for (const realTimeEvents of [false, true]) {
    const { clock, host, machine } = hostBench({ host: { realTimeEvents } });
    const told: string[] = [];
    host.on('exception', ({ code }) => told.push(code));
    host.start();
    await clock.advanceUntil(() => host.capabilities !== undefined);
    for (const code of ['11', '12', '11', '11', '12', '66', '66']) machine.raise({ code });
    await clock.advance(5000);
    expect(told).toEqual(['11', '12', '11', '11', '12', '66', '66']);
    expect(machine.port.queue.codes(realTimeEvents)).toEqual([]);
  }
});

test('a one-shot listener hears one, a lasting one all, and one that throws harms nobody', async () => {
  const { clock, host, machine } = hostBench();
  const once: string[] = [];
  const failed: HostEvents['handlerFailed'][] = [];
  host.once(
    'exception',
    ({ name }) => once.push(name),
    ({ code }) => code === '66',
  );
  host.on('exception', () => {
    throw new Error('mine');
  });
  host.on('handlerFailed', (failure) => failed.push(failure));
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  for (const code of ['11', '66', '66']) machine.raise({ code });
  await clock.advance(3000);
  expect(once).toEqual(['cashoutPressed']);
  expect(failed).toHaveLength(3);
});

test('a handpay is read, told once with its worth, and reset from afar', async () => {
  const { clock, host, machine } = hostBench({ setup: { credits: 100, identity: { denomCode: 4 } } });
  const handpays: HostEvents['handpay'][] = [];
  const told: string[] = [];
  host.on('handpay', (handpay) => handpays.push(handpay));
  host.on('exception', ({ code }) => told.push(code));
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  machine.play.game(5, 4000, 'attendant');
  await clock.advance(40_000);
  expect(handpays).toMatchObject([{ kind: 'win', cents: 100_000, credits: 4000 }]);
  const reset = host.ask('resetHandpay', {});
  await clock.advance(2000);
  expect(await reset).toMatchObject({ ok: true, fields: { resetCode: 0 } });
  expect(told.filter((code) => code === '52')).toHaveLength(1);
  expect(machine.ledger.sum).toBe(0);
});

test('a handpay goes to the credit meter when the program says so, and its reset is told with it', async () => {
  const { clock, host, machine } = hostBench({ setup: { credits: 100 } });
  const payers: string[] = [];
  host.on(
    'handpay',
    async ({ kind }) => {
      const reset = await host.resetHandpay('creditMeter');
      payers.push(`${kind}: ${reset.ok ? 'done' : reset.error}`);
    },
    ({ kind, canGoToCreditMeter }) => kind !== 'cancelledCredits' && canGoToCreditMeter,
  );
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  const reset = host.next('handpayReset');
  machine.play.game(5, 4000, 'attendant');
  await clock.advance(10_000);
  expect(payers).toEqual(['win: done']);
  expect(await reset).toMatchObject({ handpay: { kind: 'win', credits: 4000 } });
  expect(machine.ledger.credits).toBe(4095);
  const none = host.resetHandpay();
  await clock.advance(2000);
  expect(await none).toEqual({ ok: false, error: 'noHandpay' });
});

test('a handpay that waits when the machine is found has its worth too', async () => {
  const { clock, host, machine } = hostBench({ setup: { credits: 100, identity: { denomCode: 4 } } });
  machine.play.game(5, 4000, 'attendant');
  const handpay = host.next('handpay');
  host.start();
  await clock.advance(10_000);
  expect(await handpay).toMatchObject({ credits: 4000, cents: 100_000 });
});

test('a program can wait for an event, for as long as it likes', async () => {
  const { clock, host, machine } = hostBench();
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  const isDoor = ({ name }: HostEvents['exception']) => name === 'slotDoorOpened';
  const opened = host.next('exception', { isMeant: isDoor, within: 5000 });
  const never = host.next('exception', { isMeant: ({ name }) => name === 'reelTilt', within: 5000 });
  const last = host.next('exception');
  machine.raise({ code: '66' });
  machine.raise({ code: '11' });
  await clock.advance(6000);
  expect(await opened).toMatchObject({ code: '11' });
  expect(await never).toBeUndefined();
  expect(await last).toMatchObject({ code: '66' });
  const atStop = host.next('exception');
  const stopping = host.stop();
  await clock.advance(1000);
  await stopping;
  expect(await atStop).toBeUndefined();
});

test('a call outlives a lost link when it may be retried', async () => {
  const { clock, host, machine } = hostBench({ setup: { credits: 7 } });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  machine.powerOff();
  await clock.advanceUntil(() => !host.isUp, 60_000);
  const once = host.ask('currentCredits', {});
  const often = host.ask('currentCredits', {}, { retries: 20 });
  await clock.advance(3000);
  machine.powerOn();
  await clock.advance(20_000);
  expect(await once).toEqual({ ok: false, error: { code: 'sas.down', sent: 0 } });
  expect(await often).toMatchObject({ ok: true, fields: { credits: 7 } });
});

test('money goes to the machine and back, and each transfer ends with its amounts', async () => {
  const { clock, host, machine } = hostBench({ setup: { credits: 50 } });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  const there = host.transfer({ to: 'machine', amounts: { cashableCents: 1234 } });
  await clock.advance(10_000);
  expect(await there).toMatchObject({ state: 'completed', partial: false, amounts: { cashableCents: 1234 } });
  expect(machine.ledger.credits).toBe(1284);
  const back = host.transfer({ to: 'host', amounts: { cashableCents: 5000 }, partialAllowed: true });
  await clock.advance(10_000);
  expect(await back).toMatchObject({ state: 'completed', partial: true, amounts: { cashableCents: 1284 } });
  const none = host.transfer({ to: 'host', amounts: { cashableCents: 1 } });
  await clock.advance(10_000);
  expect(await none).toMatchObject({ state: 'failed' });
  expect(machine.ledger.credits).toBe(0);
});

test('a ticket in is paid when the program says so, and given back when it does not', async () => {
  const results: HostEvents['ticketIn'][] = [];
  const { clock, host, machine } = hostBench({
    host: {
      handlers: {
        validateTicket: async ({ validationData }) =>
          validationData.startsWith('00')
            ? { accept: true, amountCents: 2500, kind: 0 }
            : { accept: false, code: 0x84 },
      },
    },
  });
  host.on('ticketIn', (result) => results.push(result));
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  machine.ticketsIn.insert('004400000011112222');
  await clock.advance(20_000);
  machine.ticketsIn.insert('994400000011112222');
  await clock.advance(20_000);
  expect(results).toMatchObject([
    { state: 'redeemed', amountCents: 2500 },
    { state: 'returned', amountCents: 0 },
  ]);
  expect(machine.ledger.credits).toBe(2500);
  expect(machine.ticketsIn.isBusy).toBe(false);
});

test('a ticket out is told once, by the machine’s number or by the program’s', async () => {
  for (const validation of ['secureEnhanced', 'system', 'standard'] as const) {
    const tickets: HostEvents['ticketPrinted'][] = [];
    const { clock, host, machine } = hostBench({
      setup: { credits: 475, validation },
      host: { handlers: { issueNumber: async () => ({ systemId: 1, number: '1111222233334444' }) } },
    });
    host.on('ticketPrinted', (ticket) => tickets.push(ticket));
    host.start();
    await clock.advanceUntil(() => host.capabilities !== undefined);
    machine.play.cashOut();
    await clock.advance(60_000);
    expect(tickets.map(({ cents }) => cents)).toEqual([Cents(475)]);
    if (validation === 'system') expect(tickets[0]!.barcode).toBe('011111222233334444');
    expect(machine.ledger.balance('tickets')).toBe(475);
  }
});

test('meters are what the machine keeps, and tell what they counted', async () => {
  const { clock, host, machine } = hostBench({ setup: { credits: 1000, meters: { '0000': 99_999_990 } } });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  const first = host.readMeters(['0000', '0001', '000C']);
  await clock.advance(2000);
  expect(await first).toMatchObject([
    { value: 99_999_990, kind: 'first' },
    { value: 0 },
    { kind: 'balance' },
  ]);
  for (let n = 0; n < 4; n++) machine.play.game(5, 2);
  const second = host.readMeters(['0000', '0001', '000C']);
  await clock.advance(5000);
  expect(await second).toEqual([
    { code: '0000', value: 10, delta: 20, kind: 'rolledOver' },
    { code: '0001', value: 8, delta: 8, kind: 'counted' },
    { code: '000C', value: 988, delta: undefined, kind: 'balance' },
  ]);
});

test('a machine that loses its mains is told down, and up again when it is back', async () => {
  const { clock, host, machine } = hostBench({ host: { realTimeEvents: true } });
  const states: string[] = [];
  host.on('up', () => states.push('up'));
  host.on('down', () => states.push('down'));
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  machine.powerOff();
  await clock.advance(20_000);
  machine.powerOn();
  await clock.advance(20_000);
  expect(states).toEqual(['up', 'down', 'up']);
  expect(machine.port.rte).toBe(true);
});
