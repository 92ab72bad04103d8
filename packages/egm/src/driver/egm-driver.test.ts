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
  bench.end();
});

const metersOf = (reading: unknown) => valuesOf(Reading.parse(reading));

test('a machine that answers is identified before its first reading, which has all its meters and both clocks', async () => {
  const at = await open({ setup: { clock: '1999-12-31T23:59:50', identity: { denomCode: 2 } } });
  await at.clock.advance(3000);
  const names = at.events.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['identity', 'configuration', 'reading']);
  expect(at.facts('identity')[0]).toMatchObject({ cause: 'linkUp', serial: 'SIM0001', isChanged: false });
  expect(at.facts('identity')[0]?.romSignature).toMatch(/^[0-9A-F]{4}$/);
  expect(at.facts('configuration')[0]).toMatchObject({
    creditTenThousandths: 500,
    basePaybackPercent: '90.00',
    hasAft: true,
  });
  const first = Reading.parse(at.facts('reading')[0]);
  expect(first).toMatchObject({
    cause: 'linkUp',
    clocks: { machine: expect.stringMatching(/^2026-01-10T12:00:/) },
  });
  expect(first.frames).toHaveLength(4);
  expect(first.frames[0]).toMatch(/^016F|^01AF/);
  expect(valuesOf(first)).toMatchObject({ '0C': 1000, '00': 0, A0: 0, '4F': 0 });
  expect(at.presence).toEqual([true]);
  expect(Object.fromEntries(at.properties)).toMatchObject({
    link: 'up',
    credits: 1000,
    creditValue: '0.05',
    serial: 'SIM0001',
    playerState: 'credits',
  });
});

test('a game is seen within a second, and recorded no more often than is due', async () => {
  const at = await open();
  await at.clock.advance(6000);
  const before = at.facts('reading').length;
  for (let game = 0; game < 20; game++) {
    at.machine.play.game(3, 1);
    await at.clock.advance(1000);
    expect(at.properties.get('coinIn')).toBe(3 * (game + 1));
    expect(at.properties.get('credits')).toBe(1000 - 2 * (game + 1));
    expect(at.properties.get('playerState')).toBe('playing');
  }
  const made = at.facts('reading').slice(before).length;
  expect(made).toBeGreaterThanOrEqual(3);
  expect(made).toBeLessThanOrEqual(5);
  await at.clock.advance(6000);
  expect(metersOf(at.facts('reading').at(-1))).toMatchObject({ '00': 60, '01': 20, '05': 20, '0C': 960 });
});

test('a bill moves more than the main meters: all of them are recorded', async () => {
  const at = await open();
  await at.clock.advance(6000);
  at.machine.play.bill(0, 4);
  await at.clock.advance(7000);
  expect(metersOf(at.facts('reading').at(-1))).toMatchObject({ '0B': 2000, '44': 1, '24': 2000, '0C': 3000 });
});

test('what stands still is recorded once a minute', async () => {
  const at = await open();
  await at.clock.advance(5000);
  const before = at.facts('reading').length;
  await at.clock.advance(10 * 60_000);
  const causes = at
    .facts('reading')
    .slice(before)
    .map(({ cause }) => cause);
  expect(new Set(causes)).toEqual(new Set(['heartbeat']));
  expect(causes.length).toBeGreaterThanOrEqual(9);
  expect(causes.length).toBeLessThanOrEqual(10);
});

test('a reading is taken when the game day starts, and says for which', async () => {
  const at = await open({
    start: Date.parse('2026-01-10T02:58:00Z'),
    configuration: { timeZone: 'Europe/Minsk', gameDayStart: '06:00', pollMs: 2000, liveMs: 60_000 },
  });
  await at.clock.advance(3 * 60_000);
  const boundary = Date.parse('2026-01-10T03:00:00Z');
  const readings = at.events.filter(({ data }) => data.cause === 'boundary');
  expect(readings).toHaveLength(1);
  expect(readings[0]?.data.boundary).toBe(boundary);
  expect(readings[0]!.at - boundary).toBeGreaterThanOrEqual(0);
  expect(readings[0]!.at - boundary).toBeLessThan(20_000);
  await at.clock.advance(24 * 3_600_000);
  expect(at.facts('reading').filter(({ cause }) => cause === 'boundary')).toHaveLength(2);
});

test('the game day starts by the clock on the wall, also when that is set', async () => {
  const at = await open({
    start: Date.parse('2026-01-10T02:00:00Z'),
    configuration: { gameDayStart: '06:00' },
  });
  at.clock.jump(3_599_000 * 4);
  await at.clock.advance(70_000);
  expect(at.facts('reading').filter(({ cause }) => cause === 'boundary')).toHaveLength(1);
});

test('a machine’s clock is set to the hall’s time when it comes back and when the game day starts', async () => {
  const at = await open({ configuration: { timeZone: 'Europe/Minsk', gameDayStart: '15:10' } });
  expect(at.machine.wallClock()).toMatchObject({ date: '01102026', time: expect.stringMatching(/^1500/) });
  at.machine.setWallClock('01011999', '000000');
  await at.clock.advance(11 * 60_000);
  expect(at.machine.wallClock()).toMatchObject({ date: '01102026', time: expect.stringMatching(/^151/) });
  // It is set, and tells, whole seconds: each cuts off a part of one.
  expect([-2, -1, 0]).toContain(at.properties.get('clockDrift'));
});

test('every game is told as it starts and ends, unless that is not wanted', async () => {
  for (const recordsGames of [true, false]) {
    const at = await open({ configuration: { recordsGames } });
    at.machine.play.game(3, 0);
    at.machine.play.door(true);
    await at.clock.advance(5000);
    expect(at.codes()).toEqual(recordsGames ? ['7E', '7F', '11'] : ['11']);
    expect(at.facts('exception').at(-1)?.number).toBe(recordsGames ? 3 : 1);
    expect(at.machine.port.queue.codes(false)).toEqual([]);
    if (recordsGames) at.end();
  }
});

test('exceptions are told in order, numbered, with what they mean', async () => {
  const at = await open();
  at.machine.play.door(true);
  at.machine.play.door(false);
  at.machine.raise({ code: '29' });
  await at.clock.advance(5000);
  expect(at.facts('exception')).toMatchObject([
    { number: 1, code: '11', name: 'slotDoorOpened', maybeRepeated: false },
    { number: 2, code: '12' },
    { number: 3, code: '29' },
  ]);
  expect(at.properties.get('playerState')).toBe('tilt');
});

test('after power is lost and returns, and after the cable was cut, the machine is identified anew', async () => {
  const at = await open();
  at.machine.powerOff();
  await at.clock.advance(20_000);
  expect([at.presence.at(-1), at.properties.get('link')]).toEqual([false, 'down']);
  at.machine.powerOn();
  await at.clock.advance(20_000);
  expect(at.codes()).toEqual(['18', '17']);
  expect(at.facts('identity').map(({ cause }) => cause)).toEqual(['linkUp', 'linkUp', 'power']);
  at.isCut = true;
  await at.clock.advance(60_000);
  at.isCut = false;
  await at.clock.advance(20_000);
  expect(at.facts('identity').at(-1)).toMatchObject({ cause: 'linkUp', isChanged: false });
  expect(at.facts('reading').at(-1)).toMatchObject({ cause: 'linkUp' });
});

test('options that were changed at the machine are told as another configuration, before the next reading', async () => {
  const at = await open();
  await at.clock.advance(6000);
  const before = at.events.length;
  Object.assign(at.machine.setup.identity, { denomCode: 4, basePercent: '88.50' });
  at.machine.raise({ code: '3C' });
  await at.clock.advance(20_000);
  const later = at.events.slice(before).filter(({ name }) => name !== 'exception');
  expect(later.slice(0, 3).map(({ name }) => name)).toEqual(['identity', 'configuration', 'reading']);
  expect(later[0]?.data).toMatchObject({ cause: 'optionsChanged', isChanged: false });
  expect(later[1]?.data).toMatchObject({
    creditTenThousandths: 2500,
    basePaybackPercent: '88.50',
    isChanged: true,
  });
});

test('another cabinet on the same line is told as another, before its meters are', async () => {
  const at = await open();
  await at.done('disable');
  expect(at.properties.get('enabled')).toBe(false);
  at.machine.powerOff();
  await at.clock.advance(20_000);
  const before = at.events.length;
  at.plugIn({ identity: { serialNumber: 'SIM0002' }, credits: 7 });
  await at.clock.advance(20_000);
  const later = at.events.slice(before);
  expect(later.find(({ name }) => name === 'identity')?.data).toMatchObject({
    serial: 'SIM0002',
    isChanged: true,
  });
  const at0 = later.findIndex(({ name }) => name === 'identity');
  expect(later.slice(0, at0).filter(({ name }) => name === 'reading')).toEqual([]);
  expect([at.properties.get('enabled'), at.properties.get('credits')]).toEqual([null, 7]);
});

test('a handpay is read, kept once, and reset from the desk', async () => {
  const at = await open({ setup: { identity: { denomCode: 4 } } });
  at.machine.play.game(5, 4000, 'attendant');
  await at.clock.advance(60_000);
  expect(at.codes().filter((code) => code === '51')).toHaveLength(1);
  expect(at.facts('handpay')).toMatchObject([
    { number: 1, kind: 'nonProgressive', amountCents: 100_000, amountCredits: 4000 },
  ]);
  expect(at.properties.get('handpayCents')).toBe(100_000);
  expect(await at.done('resetHandpay', { payer: 'attendant' })).toMatchObject({ state: 'succeeded' });
  await at.clock.advance(10_000);
  expect(at.codes().at(-1)).toBe('52');
  expect(metersOf(at.facts('reading').at(-1))['02']).toBe(4000);
  expect(at.facts('handpay')).toHaveLength(1);
  expect(await at.done('resetHandpay', { payer: 'attendant' })).toMatchObject({ code: 'egm.no_handpay' });
});

test('orders of the desk are obeyed by the machine, and read back where that can be', async () => {
  const at = await open({ configuration: { timeZone: 'Europe/Minsk' } });
  expect(await at.done('disable')).toEqual({ state: 'succeeded', observed: true });
  expect([at.machine.switches.playEnabled, at.properties.get('playerState')]).toEqual([false, 'disabled']);
  expect(await at.done('enable')).toEqual({ state: 'succeeded', observed: true });
  expect(at.machine.switches.playEnabled).toBe(true);
  expect(await at.done('soundOff')).toEqual({ state: 'succeeded', observed: true });
  expect(at.properties.get('sound')).toBe(false);
  expect(await at.done('setClock')).toMatchObject({ state: 'succeeded', observed: true });
  expect(at.machine.wallClock()).toMatchObject({ date: '01102026', time: expect.stringMatching(/^1500/) });
  expect(await at.done('readNow')).toMatchObject({
    state: 'succeeded',
    evidence: { meters: { '0C': 1000 } },
  });
  expect(at.facts('reading').at(-1)).toMatchObject({ cause: 'request' });
  expect(await at.done('announceClear')).toMatchObject({ state: 'succeeded' });
  expect(at.facts('reading').at(-1)).toMatchObject({ cause: 'beforeClear' });
});

test('an order to a machine that does not answer fails, and is not carried out later', async () => {
  const at = await open();
  at.isCut = true;
  await at.clock.advance(20_000);
  expect(await at.done('disable')).toMatchObject({ state: 'failed', code: 'egm.offline' });
  at.isCut = false;
  await at.clock.advance(20_000);
  expect(at.machine.switches.playEnabled).toBe(true);
});

test('a full outbox stops acknowledging; nothing is lost or doubled, the link lives, and all is told once there is room', async () => {
  const at = await open();
  at.isFull = true;
  for (const code of ['11', '12', '13', '14']) at.machine.raise({ code });
  await at.clock.advance(10 * 60_000);
  expect(at.codes()).toEqual([]);
  expect(at.machine.port.queue.codes(false)).toEqual(['11', '12', '13', '14']);
  expect(at.machine.port.conversation.isSynced).toBe(true);
  at.drain();
  await at.clock.advance(30_000);
  expect(at.codes()).toEqual(['11', '12', '13', '14']);
  expect(at.machine.port.queue.codes(false)).toEqual([]);
});

test('a machine without 6F is read by 2F', async () => {
  const at = await open({ setup: { quirks: { ignored: ['6F', 'AF'] }, meters: { '0000': 123 } } });
  const reading = Reading.parse(at.facts('reading')[0]);
  expect(valuesOf(reading)).toMatchObject({ '00': 123, '0C': 1000 });
  expect(reading.frames.every((frame) => frame.startsWith('012F'))).toBe(true);
});

test('meters that a machine does not keep are absent, and the digits are its own', async () => {
  const at = await open({ setup: { quirks: { missingMeters: ['0017', '00A4'], meterBytes: 9 } } });
  const reading = Reading.parse(at.facts('reading')[0]);
  expect(Object.keys(valuesOf(reading))).not.toContain('17');
  expect(new Set(reading.meters.map(({ digits }) => digits))).toEqual(new Set([18]));
});
