import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { sleep, systemClock, systemRandom } from '@vakhta/kernel';
import { SasHost } from '@vakhta/sas';
import { openLine } from '@vakhta/sas/transports';
import { type BenchmarkResult, spread } from '../result.ts';
import type { FleetMeasure } from './machines.ts';

const machines = 32;
const interval = 40;
/** Link-up, capabilities and the first follow-ups are over by then. */
const warmUp = 8000;

/** One process that hosts 32 machines over TCP, in another process, at general polls of 40 ms. */
export async function fleet(quick: boolean): Promise<BenchmarkResult[]> {
  const child = fork(new URL('./machines.ts', import.meta.url), [String(machines)]);
  try {
    const [ports] = (await once(child, 'message')) as [number[]];
    return await measure(child, ports, quick ? 5000 : 60_000);
  } finally {
    child.kill();
  }
}

async function measure(
  child: ChildProcess,
  ports: readonly number[],
  time: number,
): Promise<BenchmarkResult[]> {
  const seen: number[][] = ports.map(() => []);
  const hosts: SasHost[] = [];
  for (const [index, port] of ports.entries()) {
    const { line } = await openLine({ kind: 'tcp', host: '127.0.0.1', port }, { clock: systemClock });
    const host = new SasHost({
      line,
      address: 1,
      clock: systemClock,
      random: systemRandom,
      pollInterval: interval,
    });
    host.on('exception', ({ code }) => {
      if (code === '11' || code === '12') seen[index]!.push(Number(process.hrtime.bigint()) / 1e6);
    });
    hosts.push(host.start());
  }
  await sleep(systemClock, warmUp);
  const down = hosts.filter(({ isUp }) => !isUp).length;
  if (down > 0) throw new Error(`${down} of ${machines} machines are not up`);
  child.send('begin');
  const cpu = process.cpuUsage();
  const startedAt = systemClock.monotonic();
  await sleep(systemClock, time);
  const { user, system } = process.cpuUsage(cpu);
  const elapsed = systemClock.monotonic() - startedAt;
  const ended = once(child, 'message') as Promise<[FleetMeasure]>;
  child.send('end');
  const [{ periods, raised, longPolls }] = await ended;
  await sleep(systemClock, 500);
  await Promise.all(hosts.map((host) => host.stop()));
  const delays = raised.flatMap((times, index) => {
    if (seen[index]!.length !== times.length)
      throw new Error(`machine ${index}: ${times.length} exceptions raised, ${seen[index]!.length} told`);
    return times.map((at, order) => seen[index]![order]! - at);
  });
  const period = spread(periods);
  const delay = spread(delays);
  const share = ((user + system) / 1000 / elapsed) * 100;
  const events = `${delays.length} exceptions in ${Math.round(elapsed / 1000)} s, none lost or doubled: raised to event out`;
  return [
    {
      what: `period of general polls, ${machines} machines, ${periods.length} without a long poll (${longPolls} with)`,
      unit: 'ms',
      ...period,
      limit: { what: 'p99 at most', value: 45 },
      ratio: period.p99 / 45,
    },
    {
      what: events,
      unit: 'ms',
      ...delay,
      limit: { what: 'p99 at most a period and 30 ms', value: interval + 30 },
      ratio: delay.p99 / (interval + 30),
    },
    { what: `processor of the hosting process, ${machines} machines`, unit: '% of a core', value: share },
  ];
}
