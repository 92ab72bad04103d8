import type { Thing } from '@vakhta/api';
import { expect, test } from 'vitest';
import { ThingStore } from './thing-store.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const thing = (id: string, volume: number, second: number): Thing => ({
  id,
  name: id,
  model: 'tv',
  site: 's',
  agent: 'a',
  groups: [],
  online: true,
  offlineReason: null,
  lastSeen: at(second),
  properties: { volume: { value: volume, at: at(second), stale: false } },
});

/** A store whose frames come when asked for. */
function storeWithFrames() {
  const waiting: (() => void)[] = [];
  const store = new ThingStore((work) => waiting.push(work));
  const frame = () => {
    for (const work of waiting.splice(0)) work();
  };
  return { store, frame };
}

test('however many changes a frame brings, a card is told once, and other cards not at all', () => {
  const { store, frame } = storeWithFrames();
  store.load([thing('a', 1, 0), thing('b', 1, 0)]);
  frame();
  const told = { a: 0, b: 0 };
  store.subscribe('a', () => {
    told.a += 1;
  });
  store.subscribe('b', () => {
    told.b += 1;
  });
  for (let second = 1; second <= 50; second++)
    store.apply({ type: 'property', thing: 'a', name: 'volume', value: second, at: at(second) });
  expect(told).toEqual({ a: 0, b: 0 });
  frame();
  expect(told).toEqual({ a: 1, b: 0 });
  expect(store.get('a')?.properties.volume?.value).toBe(50);
});

test('a value older than the one known changes nothing', () => {
  const { store } = storeWithFrames();
  store.load([thing('a', 30, 10)]);
  store.apply({ type: 'property', thing: 'a', name: 'volume', value: 5, at: at(9) });
  expect(store.get('a')?.properties.volume?.value).toBe(30);
});

test('an answer that was overtaken by a live value does not take it back', () => {
  const { store } = storeWithFrames();
  store.load([thing('a', 1, 0)]);
  store.apply({ type: 'property', thing: 'a', name: 'volume', value: 40, at: at(20) });
  store.load([{ ...thing('a', 1, 10), name: 'renamed' }]);
  expect(store.get('a')).toMatchObject({ name: 'renamed', properties: { volume: { value: 40 } } });
});

test('a thing found still as reported grows young again; its value keeps the time of its change', () => {
  const { store } = storeWithFrames();
  store.load([thing('a', 1, 0)]);
  store.apply({ type: 'confirmed', things: [['a', at(30)]] });
  expect(store.get('a')).toMatchObject({ lastSeen: at(30), properties: { volume: { at: at(0) } } });
});

test('a thing that falls silent keeps the time it was last heard of', () => {
  const { store } = storeWithFrames();
  store.load([thing('a', 1, 0)]);
  store.apply({ type: 'presence', thing: 'a', online: false, at: at(40) });
  expect(store.get('a')).toMatchObject({ online: false, lastSeen: at(0) });
});

test('what is told of things nobody listed is passed over', () => {
  const { store } = storeWithFrames();
  store.apply({ type: 'property', thing: 'x', name: 'volume', value: 1, at: at(1) });
  expect(store.get('x')).toBeUndefined();
});
