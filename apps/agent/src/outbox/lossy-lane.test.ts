import type { ThingId } from '@vakhta/kernel';
import type { ObservationOf } from '@vakhta/link';
import { expect, test } from 'vitest';
import { LossyLane } from './lossy-lane.ts';

const thing = '01890000-0000-7000-8000-000000000001' as ThingId;
const volume = (value: number, at: number): ObservationOf<'property'> => ({
  kind: 'property',
  thing,
  name: 'volume',
  value,
  at,
});
const waiting = (lane: LossyLane) => lane.waiting(100).map(({ value, at }) => [value, at]);

test('of many values only the latest waits, with the time it was first seen', () => {
  const lane = new LossyLane();
  lane.set(volume(1, 10));
  lane.set(volume(2, 20));
  lane.set(volume(2, 30));
  expect(waiting(lane)).toEqual([[2, 20]]);
});

test('a value equal to the last one written is not written again, also after a detour nobody saw', () => {
  const lane = new LossyLane();
  lane.set(volume(1, 10));
  lane.written(lane.waiting(100));
  lane.set(volume(1, 20));
  expect(lane.isEmpty).toBe(true);
  lane.set(volume(2, 30));
  lane.set(volume(1, 40));
  expect(lane.isEmpty).toBe(true);
});

test('a value that changed while its predecessor was being written goes on waiting', () => {
  const lane = new LossyLane();
  lane.set(volume(1, 10));
  const taken = lane.waiting(100);
  lane.set(volume(2, 20));
  lane.written(taken);
  expect(waiting(lane)).toEqual([[2, 20]]);
});

test('a thing that is looked after anew reports everything anew', () => {
  const lane = new LossyLane();
  lane.set(volume(1, 10));
  lane.written(lane.waiting(100));
  lane.forget(thing);
  lane.set(volume(1, 20));
  expect(waiting(lane)).toEqual([[1, 20]]);
});
