import type { Frame, Wire, WireHandlers } from '@vakhta/link';
import { expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';
import { type WireFaults, wirePair } from './wire-pair.ts';

function pair(faults?: WireFaults) {
  const clock = new VirtualClock();
  const seen = { near: [] as (Frame | number)[], far: [] as (Frame | number)[] };
  const handlers = (side: 'near' | 'far'): WireHandlers => ({
    opened() {},
    frame: (frame) => seen[side].push(frame),
    alive: () => seen[side].push('alive'),
    closed: (code) => seen[side].push(code),
  });
  let far: Wire | undefined;
  const near = wirePair(
    clock,
    handlers('near'),
    (wire) => {
      far = wire;
      return handlers('far');
    },
    faults,
  );
  return { clock, seen, near, far: far! };
}

test('frames arrive whole, in order, on the other side only', async () => {
  const { clock, seen, near, far } = pair();
  near.send('a');
  near.send(Uint8Array.of(1));
  far.send('b');
  await clock.advance(10);
  expect(seen).toEqual({ near: ['b'], far: ['a', Uint8Array.of(1)] });
});

test('a farewell is heard with its code, a cut as 1006, and each side hears of the end once', async () => {
  const farewell = pair();
  farewell.far.close(4403, 'revoked');
  farewell.near.send('too late to arrive?');
  await farewell.clock.advance(10);
  expect(farewell.seen.near).toEqual([4403]);
  const cut = pair();
  cut.near.terminate();
  cut.near.terminate();
  await cut.clock.advance(10);
  expect(cut.seen).toEqual({ near: [1006], far: [1006] });
});

test('faults lose, double and reorder frames as asked', async () => {
  const copies: Record<string, number> = { lost: 0, doubled: 2 };
  const { clock, seen, near } = pair({
    copies: (_, frame) => copies[String(frame)] ?? 1,
    delay: (_, frame) => (frame === 'slow' ? 5 : 1),
  });
  for (const frame of ['slow', 'lost', 'doubled']) near.send(frame);
  await clock.advance(10);
  expect(seen.far).toEqual(['doubled', 'doubled', 'slow']);
});

test('a half-open connection carries nothing, not even its end', async () => {
  let isHalfOpen = false;
  const { clock, seen, near } = pair({ isHalfOpen: () => isHalfOpen });
  near.ping();
  await clock.advance(10);
  expect(seen).toEqual({ near: ['alive'], far: ['alive'] });
  isHalfOpen = true;
  near.ping();
  near.send('a');
  near.close(1000);
  await clock.advance(10);
  expect(seen).toEqual({ near: ['alive', 1000], far: ['alive'] });
});
