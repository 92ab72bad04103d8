import type { Json } from '@vakhta/kernel';
import type { LineSymbol } from '@vakhta/sas/line';
import { afterEach, expect, test } from 'vitest';
import { type BenchOptions, EgmBench } from '../../test/egm-bench.ts';
import { Reading, valuesOf } from '../facts/index.ts';

let bench: EgmBench;
const open = (options?: BenchOptions) => {
  bench = new EgmBench(options);
  return bench.started();
};
afterEach(() => {
  expect([bench.wrong, bench.crashed]).toEqual([[], undefined]);
  expect(bench.machine.ledger.sum).toBe(0);
  bench.end();
});

const order = (more: Record<string, Json> = {}) => ({
  transfer: 'D1-000001',
  kind: 'cashable',
  amountCents: 5000,
  allowPartial: false,
  ...more,
});
const steps = () =>
  bench.facts('transfer').map(({ message, status }) => (status === null ? message : `${message} ${status}`));
const moved = () => bench.machine.meters.read('00A0');

test.each([
  ['cashable', 'A0', '2E'],
  ['restricted', 'A2', '2F'],
  ['nonrestricted', 'A4', '30'],
])('%s credits go to the machine, with a reading before and after', async (kind, meter) => {
  const at = await open();
  const ended = await at.done('transferToMachine', order({ kind }));
  expect(ended).toMatchObject({ state: 'succeeded', observed: true, evidence: { transfer: 'D1-000001' } });
  expect(at.machine.ledger.credits).toBe(6000);
  expect(at.facts('transfer')[0]).toMatchObject({ message: 'sent', kind, requestedCents: 5000 });
  expect(at.facts('transfer').at(-1)).toMatchObject({ status: '00', amountCents: 5000 });
  const readings = at.facts('reading').filter(({ cause }) => String(cause).endsWith('Transfer'));
  expect(readings.map(({ cause }) => cause)).toEqual(['beforeTransfer', 'afterTransfer']);
  const [before, after] = readings.map((reading) => valuesOf(Reading.parse(reading)));
  expect(after![meter]! - before![meter]!).toBe(5000);
});

test('credits are taken off the machine', async () => {
  const at = await open({ setup: { credits: 8000 } });
  expect(await at.done('transferToHost', order({ amountCents: 8000 }))).toMatchObject({ state: 'succeeded' });
  expect([at.machine.ledger.credits, at.machine.meters.read('00B8')]).toEqual([0, 8000]);
});

test('less is moved where less is welcome and the machine has a limit', async () => {
  const at = await open({ setup: { transferLimitCents: 3000 } });
  const ended = await at.done('transferToMachine', order({ allowPartial: true }));
  expect(ended).toMatchObject({ state: 'succeeded', evidence: { cashableCents: 3000, partial: true } });
  expect(at.facts('transfer').at(-1)).toMatchObject({ status: '01', amountCents: 3000 });
  expect(await at.done('transferToMachine', order({ transfer: 'D1-000002' }))).toMatchObject({
    state: 'failed',
    code: 'egm.transfer_refused',
  });
  expect(at.facts('transfer').at(-1)).toMatchObject({
    transfer: 'D1-000002',
    status: '84',
    amountCents: null,
  });
});

test('the same id is never ordered twice, whatever became of it, and a second waits for the first', async () => {
  const at = await open();
  const first = at.act('transferToMachine', order());
  await at.clock.advance(800);
  expect(await at.done('transferToMachine', order({ transfer: 'D1-000002' }))).toMatchObject({
    code: 'egm.transfer_open',
  });
  await at.clock.advance(10_000);
  expect(await first).toMatchObject({ state: 'succeeded' });
  expect(await at.done('transferToMachine', order())).toMatchObject({ code: 'egm.transfer_known' });
  await at.restart();
  await at.ready();
  expect(await at.done('transferToMachine', order())).toMatchObject({ code: 'egm.transfer_known' });
  expect(moved()).toBe(5000);
});

test('a lost answer is asked for, not sent again', async () => {
  const at = await open();
  let lost = 0;
  at.machine.fault = (answer) => {
    if (answer[1] !== 0x72 || !steps().includes('sent') || lost >= 12) return undefined;
    lost++;
    return 'silence';
  };
  expect(await at.done('transferToMachine', order())).toMatchObject({ state: 'succeeded' });
  expect(moved()).toBe(5000);
  expect(steps()).toContain('noReply');
  expect(steps().at(-1)).toBe('interrogateReply 00');
});

test('when the link is lost over it the command ends unknown, and evidence settles it later', async () => {
  const at = await open();
  const ended = at.act('transferToMachine', order());
  await at.clock.advanceUntil(() => at.machine.transfers.isOpen);
  at.isCut = true;
  await at.clock.advance(31_000);
  expect(await ended).toMatchObject({ state: 'unknown' });
  expect(at.properties.get('transfer')).toBe('unknown');
  at.isCut = false;
  await at.clock.advance(30_000);
  expect(at.facts('transfer').at(-1)).toMatchObject({ status: '00', amountCents: 5000 });
  expect([moved(), at.properties.get('transfer')]).toEqual([5000, 'none']);
});

test('an order that never reached the machine is not said to have failed before history and meters say so', async () => {
  let lost = 0;
  const hostFault = (symbols: readonly LineSymbol[]) => {
    // An order is long, a question about one is short.
    if (symbols.length < 20 || (symbols[1]! & 0xff) !== 0x72) return symbols;
    lost++;
    return symbols.map(() => undefined);
  };
  const at = await open({ line: { hostFault } });
  const ended = at.act('transferToMachine', order(), 60_000);
  await at.clock.advanceUntil(() => steps().includes('noReply'));
  expect(lost).toBeGreaterThan(0);
  await at.clock.advance(55_000);
  expect(await ended).toMatchObject({ state: 'failed', code: 'egm.not_transferred' });
  expect(steps()).toEqual(['sent', 'noReply', 'interrogateReply FF', 'historyReply']);
  expect(at.facts('reading').at(-1)).toBeDefined();
  expect(moved()).toBe(0);
});

test('an order whose time is up before it could be sent is never sent', async () => {
  const at = await open();
  at.isFull = true;
  expect(await at.done('transferToMachine', order(), 5000)).toMatchObject({ state: 'failed' });
  at.drain();
  await at.clock.advance(60_000);
  expect([moved(), at.machine.transfers.isOpen]).toEqual([0, false]);
  expect(await at.done('transferToMachine', order({ transfer: 'D1-000002' }))).toMatchObject({
    state: 'succeeded',
  });
});

test('what became of an old transfer can be asked of the machine', async () => {
  const at = await open();
  await at.done('transferToMachine', order());
  await at.done('transferToMachine', order({ transfer: 'D1-000002', amountCents: 700 }));
  const checked = await at.done('checkTransfer', { transfer: 'D1-000001' });
  expect(checked).toMatchObject({ state: 'succeeded', evidence: { cashableCents: 5000 } });
  expect(at.facts('transfer').at(-1)).toMatchObject({
    message: 'historyReply',
    entries: [
      { transfer: null, status: '00', amountCents: 700 },
      { transfer: 'D1-000001', status: '00', amountCents: 5000 },
    ],
  });
  expect(await at.done('checkTransfer', { transfer: 'D9-000009' })).toMatchObject({
    code: 'egm.transfer_unknown',
  });
  expect(moved()).toBe(5700);
});

test('restricted credits never go to the host', async () => {
  const at = await open();
  expect(await at.done('transferToHost', order({ kind: 'restricted' }))).toMatchObject({
    code: 'egm.restricted_stays',
  });
});
