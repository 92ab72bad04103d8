import { AppError, seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { LastingLine, type Line, memoryLine } from './index.ts';

const gone = new AppError('sas.line.no_device', 'nobody there', { retry: 'after' });

/** A line that is opened by what `opens` gives in turn; tells what became of it. */
function bench(opens: (clock: VirtualClock, tries: number) => Promise<Line>) {
  const clock = new VirtualClock();
  const told: string[] = [];
  const triedAt: number[] = [];
  const line = new LastingLine({
    clock,
    random: seededRandom(1),
    open: () => {
      triedAt.push(clock.monotonic());
      return opens(clock, triedAt.length);
    },
    onOpened: () => told.push('opened'),
    onLost: (cause) => told.push(`lost: ${cause}`),
    onRefused: (error) => told.push(`refused: ${error instanceof Error ? error.message : ''}`),
  });
  return { clock, line, told, triedAt };
}

test('a lost line is opened again, and its listener hears the new one', async () => {
  const ends: ReturnType<typeof memoryLine>[] = [];
  const pull: ((cause: string) => void)[] = [];
  const { clock, line, told } = bench(async (clock) => {
    const pair = memoryLine({ clock });
    ends.push(pair);
    const { host } = pair;
    const closed = new Promise<string>((resolve) => pull.push(resolve));
    return { ...host, latency: 0, closed, receive: (listener) => host.receive(listener) };
  });
  const heard: number[] = [];
  line.receive((symbols) => heard.push(...symbols.map(({ symbol }) => symbol)));
  await clock.advance(10);
  void ends[0]!.machine.send([7]);
  await clock.advance(10);
  pull[0]!('the plug was pulled');
  await clock.advance(1);
  expect(line.isOpen).toBe(false);
  await expect(line.send([1])).rejects.toMatchObject({ code: 'sas.line.closed' });
  await clock.advance(1000);
  void ends[1]!.machine.send([8]);
  await clock.advance(10);
  expect([told, heard]).toEqual([
    ['opened', 'lost: the plug was pulled', 'opened'],
    [7, 8],
  ]);
});

test('it waits longer from try to try, up to half a minute, and tells each refusal', async () => {
  const { clock, told, triedAt } = bench(() => Promise.reject(gone));
  await clock.advance(300_000);
  const pauses = triedAt.slice(1).map((at, index) => at - triedAt[index]!);
  pauses.forEach((pause, index) => {
    const most = Math.min(30_000, 250 * 2 ** index);
    expect(pause).toBeGreaterThanOrEqual(most / 2);
    expect(pause).toBeLessThanOrEqual(most);
  });
  expect(triedAt.length).toBeGreaterThan(12);
  expect(new Set(told)).toEqual(new Set(['refused: nobody there']));
});

test('closed, it tries no more; what can never work ends it by itself, with the reason', async () => {
  const { clock, line, triedAt } = bench(() => Promise.reject(gone));
  await clock.advance(1000);
  await line.close();
  const before = triedAt.length;
  await clock.advance(100_000);
  expect([await line.closed, triedAt.length]).toEqual([undefined, before]);
  const never = bench(() => Promise.reject(new AppError('sas.line.unserved_system', 'not on this system')));
  await never.clock.advance(100_000);
  expect([await never.line.closed, never.triedAt.length]).toEqual(['not on this system', 1]);
});
