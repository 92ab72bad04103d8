import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { memoryLine, randomFault, symbolTime, type TimedSymbol } from './index.ts';

test('a symbol takes 572.9 µs, and a message is never faster than the wire', async () => {
  const clock = new VirtualClock();
  const { host, machine } = memoryLine({ clock });
  const heard: TimedSymbol[] = [];
  machine.receive((symbols) => heard.push(...symbols));
  const sent = [host.send([0x180]), host.send([0x101, 0x1f])];
  await clock.advance(0.572);
  expect(heard).toEqual([]);
  await clock.advance(2);
  expect(heard.map(({ symbol }) => symbol)).toEqual([0x180, 0x101, 0x1f]);
  heard.forEach(({ at }, index) => {
    expect(at).toBeCloseTo((index + 1) * 0.5729, 3);
  });
  expect(await Promise.all(sent)).toEqual([symbolTime, 3 * symbolTime]);
});

test('both directions are busy at once', async () => {
  const clock = new VirtualClock();
  const { host, machine } = memoryLine({ clock });
  const heard: string[] = [];
  host.receive((symbols) => heard.push(`host ${symbols.map(({ symbol }) => symbol)}`));
  machine.receive((symbols) => heard.push(`machine ${symbols.map(({ symbol }) => symbol)}`));
  void host.send([0x101]);
  void machine.send([0x01]);
  await clock.advance(symbolTime);
  expect(heard).toEqual(['machine 257', 'host 1']);
});

test('what arrived before anyone listened is kept, and forgotten by a flush', async () => {
  const clock = new VirtualClock();
  const { host, machine } = memoryLine({ clock });
  void host.send([0x101]);
  await clock.advance(1);
  machine.flush();
  void host.send([0x102]);
  await clock.advance(1);
  const heard: number[] = [];
  machine.receive((symbols) => heard.push(...symbols.map(({ symbol }) => symbol)));
  expect(heard).toEqual([0x102]);
});

test('a closed end neither hears nor is heard', async () => {
  const clock = new VirtualClock();
  const { host, machine } = memoryLine({ clock });
  let heard = 0;
  host.receive(() => heard++);
  machine.receive(() => heard++);
  await host.close();
  expect(await host.closed).toBeUndefined();
  void host.send([1]);
  void machine.send([1]);
  await clock.advance(5);
  expect(heard).toBe(0);
});

test('faults strike as often as they are told to, and say so', async () => {
  const clock = new VirtualClock();
  const counts: Record<string, number> = {};
  const rates = { flippedBit: 0.1, flippedNinth: 0.1, lostSymbol: 0.1, lostMessage: 0.1, garbage: 0.1 };
  const fault = randomFault(seededRandom(5), rates, (kind) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  });
  const { host, machine } = memoryLine({ clock, hostFault: fault });
  const heard: number[] = [];
  machine.receive((symbols) => heard.push(...symbols.map(({ symbol }) => symbol)));
  for (let i = 0; i < 2000; i++) void host.send([0x101, 0x55]);
  await clock.advance(2 * 2000 * symbolTime + 5);
  for (const kind of Object.keys(rates)) expect(counts[kind], kind).toBeGreaterThan(140);
  for (const kind of Object.keys(rates)) expect(counts[kind], kind).toBeLessThan(260);
  expect(heard.length).toBeGreaterThan(3000);
  expect(heard.filter((symbol) => symbol !== 0x101 && symbol !== 0x55).length).toBeGreaterThan(300);
});
