import { expect, test } from 'vitest';
import { hostBench } from '../../../test/host-bench.ts';
import { type FirstPoll, SasHost } from '../index.ts';

/** A host whose exceptions are kept when the test says so. */
function keepingBench() {
  const told: string[] = [];
  const keep: (() => void)[] = [];
  const received: number[] = [];
  const handlers = {
    keepException: ({ code }: { code: string }) => {
      told.push(code);
      return new Promise<void>((resolve) => keep.push(resolve));
    },
    onReceived: async () => void received.push(told.length),
  };
  const bench = hostBench({
    setup: { credits: 100 },
    host: { pollInterval: 200, handlers, withoutFollowUps: ['51'] },
  });
  const codes = () => bench.machine.port.queue.codes(false);
  const up = async () => {
    bench.host.start();
    await bench.clock.advanceUntil(() => bench.host.capabilities !== undefined);
  };
  return { ...bench, told, keep, received, codes, up };
}

test.each([50, 900, 1500, 2500, 3500, 12_000, 70_000])(
  'what is kept only after %i ms is acknowledged only then, told once, and the link lives',
  async (wait) => {
    const { clock, host, machine, told, keep, received, codes, up } = keepingBench();
    await up();
    machine.raise({ code: '11' });
    machine.raise({ code: '12' });
    await clock.advanceUntil(() => keep.length === 1);
    await clock.advance(wait);
    expect([told, codes(), received]).toEqual([['11'], ['11', '12'], []]);
    expect(machine.port.conversation.isSynced).toBe(true);
    keep[0]!();
    await clock.advanceUntil(() => keep.length === 2, 10_000);
    keep[1]!();
    await clock.advance(2000);
    expect([told, codes(), received, host.isUp]).toEqual([['11', '12'], [], [1, 2], true]);
  },
);

test('orders wait while something is being kept, and go out afterwards', async () => {
  const { clock, host, machine, keep, up } = keepingBench();
  await up();
  machine.raise({ code: '11' });
  await clock.advanceUntil(() => keep.length === 1);
  let isDone = false;
  const sound = host.ask('soundOff', {}).then((outcome) => {
    isDone = true;
    return outcome;
  });
  await clock.advance(4000);
  expect(isDone).toBe(false);
  keep[0]!();
  await clock.advance(4000);
  expect(await sound).toEqual({ ok: true, kind: 'ack' });
});

/** The process dies; another one takes over the same machine and line. */
async function takeOver(bench: ReturnType<typeof keepingBench>, away: number, firstPoll?: FirstPoll) {
  const { clock, random, line, host } = bench;
  void host.stop();
  await clock.advance(Math.max(away, 50));
  const told: string[] = [];
  const next = new SasHost({
    line: line.host,
    address: 1,
    clock,
    random,
    pollInterval: 200,
    ...(firstPoll ? { firstPoll } : {}),
  });
  let isContinued: boolean | undefined;
  next.on('up', (up) => {
    isContinued = up.isContinued;
  });
  next.on('exception', ({ code }) => told.push(code));
  next.start();
  await clock.advance(10_000);
  return { told, isContinued };
}

test.each([0, 1000, 2500, 20_000])(
  'what was told to a process that died before it was kept is told to the next, %i ms later',
  async (away) => {
    const bench = keepingBench();
    await bench.up();
    bench.machine.raise({ code: '11' });
    await bench.clock.advanceUntil(() => bench.keep.length === 1);
    const { told, isContinued } = await takeOver(bench, away, { poll: 'generalPoll' });
    expect([told, isContinued, bench.codes()]).toEqual([['11'], away < 5000, []]);
  },
);

test('a host that begins with a sync poll acknowledges it: this is what the first poll is for', async () => {
  const bench = keepingBench();
  await bench.up();
  bench.machine.raise({ code: '11' });
  await bench.clock.advanceUntil(() => bench.keep.length === 1);
  expect((await takeOver(bench, 0)).told).toEqual([]);
});

test('what was kept by a process that died before the machine heard so is not told again', async () => {
  const bench = keepingBench();
  await bench.up();
  bench.machine.raise({ code: '11' });
  await bench.clock.advanceUntil(() => bench.keep.length === 1);
  expect(bench.codes()).toEqual(['11']);
  const { told } = await takeOver(bench, 0, { poll: 'currentCredits' });
  expect([told, bench.codes()]).toEqual([[], []]);
});

test('an answer that is to be had once stays with the machine until it is kept, over a crash too', async () => {
  const bench = keepingBench();
  await bench.up();
  bench.machine.play.game(5, 4000, 'attendant');
  await bench.clock.advanceUntil(() => bench.keep.length === 1);
  bench.keep[0]!();
  const frames: string[] = [];
  const never = new Promise<void>(() => {});
  const keep = (_: unknown, frame: string) => {
    frames.push(frame);
    return never;
  };
  void bench.host.ask('handpay', {}, { keep });
  await bench.clock.advanceUntil(() => frames.length === 1);
  await takeOver(bench, 0, {
    poll: 'handpay',
    onAnswer: async (_, frame) => void frames.push(frame),
  });
  expect(frames).toHaveLength(2);
  expect(frames[1]).toBe(frames[0]);
});
