import { expect, test } from 'vitest';
import { type Day, difference, type Note, playDay } from '../../test/model/day.ts';
import { meters, priorityOrder } from '../codec/index.ts';

/** A message of one or two bytes has no CRC: what its damage does is counted apart. */
const withoutCrcNear = (day: Day, { at }: Note): boolean =>
  day.unprotected.some((damagedAt) => Math.abs(damagedAt - at) < 1000);

async function check(day: Day): Promise<{ apart: number }> {
  const { lost, doubled } = difference(day);
  const all = [...lost, ...doubled];
  expect(all.filter((note) => !withoutCrcNear(day, note))).toEqual([]);
  for (const flag of priorityOrder) {
    const raised = day.raised.filter(({ code }) => code === flag);
    const told = day.told.filter(({ code }) => code === flag);
    if (raised.length > 0) expect([flag, told.length]).not.toEqual([flag, 0]);
    // A flag is there once however often it is raised.
    const surplus = told.slice(raised.length).filter((note) => !withoutCrcNear(day, note));
    expect([flag, ...surplus]).toEqual([flag]);
  }
  expect(day.machine.port.queue.codes(day.machine.port.rte)).toEqual([]);
  expect(day.machine.port.queue.flags()).toEqual([]);
  expect(day.machine.ledger.sum).toBe(0);
  const codes = [...meters.keys()];
  const read = day.host.readMeters(codes);
  await day.clock.advance(60_000);
  const values = new Map((await read)!.map(({ code, value }) => [code, value]));
  expect([...values]).toEqual(codes.map((code) => [code, day.machine.meters.read(code)]));
  expect(values.get('0005')).toBeGreaterThan(500);
  await day.host.stop();
  return { apart: all.length };
}

test('24 hours on a line that damages 1 % of all messages: nothing is lost or doubled, the meters are equal', async () => {
  const day = await playDay({ seed: 1, hours: 24, realTimeEvents: true });
  expect(day.damaged / day.messages).toBeGreaterThan(0.009);
  const { apart } = await check(day);
  // Out of some 40 000; each beside a damaged message without CRC.
  expect(apart).toBeLessThan(40);
}, 120_000);

test('the same without real-time events, where an exception is one byte: only double damage is counted apart', async () => {
  const day = await playDay({ seed: 1, hours: 6, realTimeEvents: false });
  const { apart } = await check(day);
  expect(apart).toBeLessThan(30);
}, 60_000);
