import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { sleep, systemClock } from '@vakhta/kernel';
import { withTvs } from './desk/bench-desk.ts';
import { type BenchmarkResult, median } from './result.ts';

/** Each process is looked at once a second for so long, after its TVs were read. */
const LOOKS = 60;

/** What the agent takes of a small board's memory, run from its sources; and what the simulator takes of ours. */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  const looks = quick ? 5 : LOOKS;
  const empty = await emptyNode();
  const agent = await withTvs({ tls: true, tvs: 10 }, (desk) => watch(desk.agent.process.pid, looks));
  const simulator = await withTvs({ tls: false, tvs: 50 }, (desk) => watch(desk.fleet.process.pid, looks));
  return [
    { what: 'an empty Node process', unit: 'MB', value: empty },
    result('the agent with 10 TVs, TLS, run from TypeScript', agent, 120),
    result('the simulator with 50 TVs, all polled', simulator, 300),
  ];
}

const result = (what: string, samples: readonly number[], hold: number): BenchmarkResult => ({
  what,
  unit: 'MB',
  value: median(samples),
  max: Math.max(...samples),
  limit: { what: 'at most', value: hold },
  ratio: median(samples) / hold,
});

async function watch(pid: number, looks: number): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < looks; i++) {
    await sleep(systemClock, 1000);
    samples.push(await residentMegabytes(pid));
  }
  return samples;
}

async function emptyNode(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log()']);
  try {
    await once(child.stdout, 'data');
    return await residentMegabytes(child.pid!);
  } finally {
    child.kill();
  }
}

/** Linux: what of the process is in memory now. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}
