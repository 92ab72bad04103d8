import { sleep, systemClock } from '@vakhta/kernel';
import { hostSymbols, longestGap, symbolTime, wakeup } from '@vakhta/sas/line';
import { openLine, openPtyLine } from '@vakhta/sas/transports';
import { type BenchmarkResult, spread } from '../result.ts';

/** A transfer poll of seven bytes. */
const message = hostSymbols([0x01, 0x72, 0x02, 0xff, 0x00, 0x0f, 0x22]);

/**
 * From the wakeup byte to the second byte, through a pseudo-terminal, as seen by the thread at its other end: the
 * time on the wire of the first byte is waited for, as on a real port. Once with an event loop that is free, once
 * with one that is blocked for 25 ms at a time.
 */
export async function wakeupGap(quick: boolean): Promise<BenchmarkResult[]> {
  const count = quick ? 50 : 300;
  const results: BenchmarkResult[] = [];
  for (const load of ['free', 'blocked 25 ms at a time']) {
    const { times, cut, worst } = await measure(count, load !== 'free');
    results.push(
      {
        what: `wakeup byte to second byte, event loop ${load}`,
        unit: 'ms',
        ...spread(times),
        limit: { what: 'the line', value: symbolTime },
        ratio: spread(times).value / symbolTime,
      },
      {
        what: `messages of ${count} cut in two or with a gap over ${longestGap} ms, event loop ${load}`,
        unit: '',
        value: cut,
        limit: { what: 'at most', value: 0 },
      },
      {
        what: `longest gap as the sender measured it, event loop ${load}`,
        unit: 'ms',
        value: worst,
        limit: { what: 'a machine allows', value: longestGap },
        ratio: worst / longestGap,
      },
    );
  }
  return results;
}

async function measure(
  count: number,
  blocked: boolean,
): Promise<{ times: number[]; cut: number; worst: number }> {
  const machine = await openPtyLine('gap', systemClock);
  const host = await openLine(
    { kind: 'serial', path: machine.path, technique: 'markSpace' },
    { clock: systemClock },
  );
  const heard: number[][] = [];
  machine.line.receive((symbols) => {
    for (const { symbol, at } of symbols) {
      if (symbol & wakeup) heard.push([]);
      heard.at(-1)?.push(at);
    }
  });
  let busy = blocked;
  const blocking = (async () => {
    while (busy) {
      const until = systemClock.monotonic() + 25;
      while (systemClock.monotonic() < until);
      await sleep(systemClock, 3);
    }
  })();
  for (let i = 0; i < count; i++) {
    await host.line.send(message);
    await sleep(systemClock, 60);
  }
  busy = false;
  await blocking;
  await sleep(systemClock, 100);
  await Promise.all([host.line.close(), machine.line.close()]);
  const times = heard.flatMap(([first, second]) => (second === undefined ? [] : [second - first!]));
  // The time on the wire is in them.
  const cut = count - times.filter((time) => time <= symbolTime + longestGap).length;
  return { times, cut, worst: host.statistics?.worstGap ?? Number.NaN };
}
