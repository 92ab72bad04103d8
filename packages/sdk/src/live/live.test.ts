import type { LiveMessage } from '@vakhta/api';
import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { openLive } from './live.ts';
import type { SocketLike } from './open-socket.ts';

/** A socket whose other end is the test. */
class FakeSocket implements SocketLike {
  readyState = 0;
  readonly sent: string[] = [];
  readonly #listeners = new Map<string, (event: never) => void>();

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, listener);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.#tell('open', {});
  }
  say(message: object): void {
    this.#tell('message', { data: JSON.stringify(message) });
  }
  fall(code = 1006): void {
    this.readyState = 3;
    this.#tell('close', { code });
  }
  #tell(type: string, event: object): void {
    this.#listeners.get(type)?.(event as never);
  }
}

const THING = '019ac0de-0000-7000-8000-000000000001';
const AT = '2026-01-01T00:00:00.000Z';

function start() {
  const clock = new VirtualClock();
  const sockets: FakeSocket[] = [];
  const openedAt: number[] = [];
  const headersSeen: unknown[] = [];
  const heard: LiveMessage[] = [];
  const live = openLive(
    {
      url: 'ws://desk/api/v1/live',
      headers: { authorization: 'Bearer t' },
      subscription: { things: [THING] },
      clock,
      random: seededRandom(1),
      open: (_url, headers) => {
        const socket = new FakeSocket();
        sockets.push(socket);
        openedAt.push(clock.monotonic());
        headersSeen.push(headers);
        return socket;
      },
    },
    (message) => heard.push(message),
  );
  return { clock, sockets, openedAt, headersSeen, heard, live, last: () => sockets.at(-1)! };
}

test('it says what it wants to hear, at first and after each fall, and then that something may be missing', async () => {
  const { clock, live, last, sockets, headersSeen } = start();
  const gaps: number[] = [];
  live.on('gap', () => gaps.push(sockets.length));
  last().open();
  expect(last().sent).toEqual([JSON.stringify({ subscribe: { things: [THING] } })]);
  expect(headersSeen).toEqual([{ authorization: 'Bearer t' }]);
  live.subscribe({});
  expect(last().sent.at(-1)).toBe('{"subscribe":{}}');
  last().fall();
  expect(live.state).toBe('waiting');
  await clock.advance(500);
  expect(sockets).toHaveLength(2);
  expect(gaps).toEqual([]);
  last().open();
  expect(last().sent).toEqual(['{"subscribe":{}}']);
  expect(gaps).toEqual([2]);
  last().say({ type: 'missed' });
  expect(gaps).toEqual([2, 2]);
});

test('it waits longer after each failure, never beyond twenty seconds, and begins anew once it was open', async () => {
  const { clock, last, openedAt } = start();
  for (let failures = 0; failures < 9; failures++) {
    last().fall();
    const before = openedAt.length;
    await clock.advanceUntil(() => openedAt.length > before);
  }
  const waits = openedAt.slice(1).map((at, index) => at - openedAt[index]!);
  for (const [index, wait] of waits.entries()) {
    const limit = Math.min(20_000, 500 * 2 ** index);
    expect(wait).toBeGreaterThanOrEqual(limit / 2);
    expect(wait).toBeLessThanOrEqual(limit);
  }
  last().open();
  last().fall();
  await clock.advance(500);
  expect(openedAt).toHaveLength(11);
});

test('a connection that says nothing for a minute is given up for another', async () => {
  const { clock, last, sockets } = start();
  last().open();
  await clock.advance(50_000);
  last().say({ type: 'confirmed', things: [] });
  await clock.advance(55_000);
  expect(sockets).toHaveLength(1);
  await clock.advance(25_000);
  expect(sockets).toHaveLength(2);
  expect(sockets[0]!.readyState).toBe(3);
});

test('messages come by type; what this client does not know and what a former connection says is passed over', async () => {
  const { clock, live, last, heard, sockets } = start();
  const values: unknown[] = [];
  const off = live.on('property', ({ value }) => values.push(value));
  const property = (value: number) => ({ type: 'property', thing: THING, name: 'volume', value, at: AT });
  last().open();
  last().say({ type: 'of-a-newer-server' });
  const third = live.next('property', ({ value }) => value === 3);
  for (const value of [1, 2, 3]) last().say(property(value));
  expect((await third).value).toBe(3);
  off();
  last().say(property(4));
  expect(values).toEqual([1, 2, 3]);
  expect(heard).toHaveLength(4);
  last().fall();
  await clock.advance(500);
  sockets[0]!.say(property(5));
  expect(heard).toHaveLength(4);
});

test('who waits for a message can stop waiting', async () => {
  const { live } = start();
  const stop = new AbortController();
  const waiting = live.next('alert', undefined, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('a refused token is told, and after close nothing is tried any more', async () => {
  const { clock, live, last, sockets } = start();
  let told = 0;
  live.on('signedOut', () => told++);
  last().fall(4401);
  expect(told).toBe(1);
  live.close();
  await clock.advance(60_000);
  expect(sockets).toHaveLength(1);
});
