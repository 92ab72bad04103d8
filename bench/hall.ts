import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { driver } from '@vakhta/egm/driver';
import { ExceptionFact } from '@vakhta/egm/facts';
import { startHall } from '@vakhta/egm/simulator';
import {
  systemClock as clock,
  type Json,
  newId,
  systemRandom as random,
  seconds,
  sleep,
  type ThingId,
} from '@vakhta/kernel';
import { parseValue } from '@vakhta/things';
import * as z from 'zod';
import type { BenchmarkResult } from './result.ts';

const PROGRAM = join(import.meta.dirname, '../packages/egm/bin/egm.ts');
const Ready = z.object({ machines: z.array(z.object({ line: z.string() })) });
/** Identities and first readings are not what goes on all night. */
const WARM_UP = seconds(15);

/** What a hall of slot machines at 200 ms polls takes of a core: its drivers, without outbox and link; its simulator. */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  const results: BenchmarkResult[] = [];
  for (const count of [40, 100]) results.push(...(await measure(count, seconds(quick ? 5 : 30))));
  results.push(...(await latency(40, seconds(quick ? 10 : 60))));
  return results;
}

async function measure(count: number, duration: number): Promise<BenchmarkResult[]> {
  const hall = spawn(process.execPath, [PROGRAM, 'simulate', '--json', '--count', String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const directory = await mkdtemp(join(tmpdir(), 'vakhta-hall-'));
  const ending = new AbortController();
  try {
    const [line] = await once(createInterface({ input: hall.stdout }), 'line');
    const { machines } = Ready.parse(JSON.parse(String(line)));
    const online = new Set<number>();
    const tally = { events: 0 };
    const running = machines.map((machine, index) =>
      look(machine.line, directory, ending.signal, {
        onEvent: () => tally.events++,
        onProperty: () => {},
        onOnline: (isOnline) => (isOnline ? online.add(index) : online.delete(index)),
      }),
    );
    await sleep(clock, WARM_UP);
    const before = { used: process.cpuUsage(), hall: await cpuOf(hall.pid!), at: clock.monotonic() };
    tally.events = 0;
    await sleep(clock, duration);
    const wall = clock.monotonic() - before.at;
    const used = process.cpuUsage(before.used);
    const hallUsed = (await cpuOf(hall.pid!)) - before.hall;
    const answering = online.size;
    ending.abort();
    await Promise.all(running);
    return [
      { what: `${count} machines: of them answer`, unit: 'machines', value: answering },
      {
        what: `${count} machines: their drivers`,
        unit: '% of a core',
        value: (100 * (used.user + used.system)) / 1000 / wall,
      },
      { what: `${count} machines: their simulator`, unit: '% of a core', value: (100 * hallUsed) / wall },
      { what: `${count} machines: facts`, unit: '1/s', value: (1000 * tally.events) / wall },
    ];
  } finally {
    ending.abort();
    hall.kill();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Told {
  onEvent: (name: string, data: Json) => void;
  onProperty: (name: string, value: Json) => void;
  onOnline: (isOnline: boolean) => void;
}

/**
 * From what happens in a machine to the driver's word of it, the hall in this process so that both are on one clock. An
 * exception waits for those before it: a game makes two at once.
 */
async function latency(count: number, duration: number): Promise<BenchmarkResult[]> {
  const directory = await mkdtemp(join(tmpdir(), 'vakhta-hall-'));
  const ending = new AbortController();
  const hall = await startHall({ count });
  const exceptions: number[] = [];
  const coinIn: number[] = [];
  const running = hall.machines.map(({ machine, line }) => {
    const raised: number[] = [];
    let unseenGame: number | undefined;
    let shown: Json = null;
    machine.onRaised = (code) => {
      // Flags may be raised again before they are told, bills have another code: neither is in this row.
      if (code === '7E' || code === '7F') raised.push(clock.monotonic());
      if (code === '7E') unseenGame ??= clock.monotonic();
    };
    return look(line, directory, ending.signal, {
      onEvent: (name, data) => {
        const code = name === 'exception' ? ExceptionFact.parse(data).code : undefined;
        if (code !== '7E' && code !== '7F') return;
        const at = raised.shift();
        if (at !== undefined) exceptions.push(clock.monotonic() - at);
      },
      onProperty: (name, value) => {
        if (name !== 'coinIn' || value === shown) return;
        shown = value;
        if (unseenGame !== undefined) coinIn.push(clock.monotonic() - unseenGame);
        unseenGame = undefined;
      },
      onOnline: () => {},
    });
  });
  await sleep(clock, WARM_UP);
  exceptions.length = 0;
  coinIn.length = 0;
  await sleep(clock, duration);
  ending.abort();
  await Promise.all(running);
  await hall.stop();
  await rm(directory, { recursive: true, force: true });
  return [
    spread(`${count} machines: a game's exception → its fact`, exceptions),
    spread(`${count} machines: a bet → coin-in and credits`, coinIn),
  ];
}

function spread(what: string, samples: readonly number[]): BenchmarkResult {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { what, unit: 'ms', value: at(0.5), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function look(line: string, directory: string, signal: AbortSignal, told: Told): Promise<void> {
  const configuration = parseValue(driver.model.configuration, { line });
  if (!configuration.ok) throw new Error(configuration.error.message);
  return driver
    .open({
      thing: newId<ThingId>({ clock, random }),
      // Checked against the model's schema just now.
      configuration: configuration.value as Record<string, Json>,
      report: {
        property: async (name, value) => told.onProperty(name, value),
        event: async (name, data) => told.onEvent(name, data),
        lastOnce: () => undefined,
        online: async (isOnline) => told.onOnline(isOnline),
        confirm: () => {},
      },
      clock,
      random,
      directory,
      log: () => {},
    })
    .run(signal);
}

/** Linux: milliseconds of CPU that a process has used. */
async function cpuOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
