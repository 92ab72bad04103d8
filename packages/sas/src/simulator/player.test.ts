import { hours, seededRandom } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { Player, SimulatedMachine, SteppedClock } from './index.ts';

/** An evening of four hours at one machine. */
function evening(seed: number) {
  const clock = new SteppedClock(Date.UTC(2026, 0, 1));
  const random = seededRandom(seed);
  const machine = new SimulatedMachine({}, { clock, random });
  const raised = new Map<string, number>();
  machine.onRaised = (code) => void raised.set(code, (raised.get(code) ?? 0) + 1);
  new Player(machine, { clock, random }).start();
  clock.advance(hours(4));
  const meters = ['0000', '0001', '0005', '000B'].map((code) => machine.meters.read(code) ?? 0);
  return { machine, raised, meters };
}

test('the same seed gives the same evening, another seed another', () => {
  expect(evening(3).meters).toEqual(evening(3).meters);
  expect(evening(3).meters).not.toEqual(evening(4).meters);
});

test('a visitor plays, feeds, cashes out and opens doors, and no cent comes from nowhere', () => {
  const { machine, raised, meters } = evening(5);
  const [coinIn, coinOut, games] = meters as [number, number, number, number];
  expect(games).toBeGreaterThan(2500);
  for (const code of ['7E', '7F', 'bill', '11', '12', '3D'])
    expect(raised.get(code), code).toBeGreaterThan(0);
  expect(machine.ledger.sum).toBe(0);
  expect(coinOut / coinIn).toBeGreaterThan(0.5);
  expect(coinOut / coinIn).toBeLessThan(1.3);
});
