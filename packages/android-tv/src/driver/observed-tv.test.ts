import type { Json } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, it } from 'vitest';
import { ObservedTv } from './observed-tv.ts';

function observedTv() {
  const log: [string, Json][] = [];
  const report = {
    property: async (name: string, value: Json) => void log.push([name, value]),
    event: async (name: string, data: Json) => void log.push([name, data]),
    online: async () => {},
    lastOnce: () => undefined,
    confirm: () => {},
  };
  return { log, tv: new ObservedTv(report, new VirtualClock()) };
}

const identity = (sdk: number) => `Sony\nX\nS1\n9\n${sdk}\n`;
const volume = (index: number) => `[V] volume is ${index} in range [0..100]\n`;
const power = (wakefulness: string) => `  mWakefulness=${wakefulness}\n`;

it('does not let a slow poll undo what an action read back after it', async () => {
  const { log, tv } = observedTv();
  await tv.apply(new Map([['identity', identity(30)]]), 0);
  await tv.apply(new Map([['volume', volume(40)]]), 20);
  await tv.apply(new Map([['volume', volume(10)]]), 10);
  expect(tv.value('volume')).toBe(40);
  expect(log.filter(([name]) => name === 'volume')).toEqual([
    ['volume', null],
    ['volume', 40],
  ]);
});

it('reports a change once, and as an event only between two known values', async () => {
  const { log, tv } = observedTv();
  for (const [at, state] of ['Awake', 'Awake', 'Asleep'].entries())
    await tv.apply(new Map([['power', power(state)]]), at);
  expect(log.filter(([name]) => name === 'power')).toEqual([
    ['power', 'awake'],
    ['power', 'asleep'],
  ]);
  expect(log.filter(([name]) => name === 'powerChanged')).toEqual([
    ['powerChanged', { from: 'awake', to: 'asleep' }],
  ]);
});

it('says unknown when a poll stops telling, never the old value', async () => {
  const { tv } = observedTv();
  await tv.apply(new Map([['power', power('Awake')]]), 1);
  await tv.apply(new Map([['power', '']]), 2);
  expect(tv.value('power')).toBeNull();
});

it('keeps one volume of a muted TV, whose getter says 0 and whose dump says 20', async () => {
  const { tv } = observedTv();
  const dump = '- STREAM_MUSIC:\n   Muted: true\n   Current: 2 (speaker): 20\n   Devices: speaker\n';
  await tv.apply(new Map([['identity', identity(26)]]), 1);
  await tv.apply(new Map([['volume', volume(0)]]), 2);
  await tv.apply(new Map([['audio', dump]]), 3);
  expect([tv.value('volume'), tv.value('muted')]).toEqual([0, true]);
});

it('takes the volume from the dump where the getter turns out not to be there', async () => {
  const { tv } = observedTv();
  await tv.apply(new Map([['identity', identity(26)]]), 1);
  await tv.apply(new Map([['volume', '/system/bin/sh: media: inaccessible or not found\n']]), 2);
  expect(tv.capabilities.hasVolumeGetter).toBe(false);
  await tv.apply(new Map([['audio', '- STREAM_MUSIC:\n   streamVolume:9\n']]), 3);
  expect(tv.value('volume')).toBe(9);
});
