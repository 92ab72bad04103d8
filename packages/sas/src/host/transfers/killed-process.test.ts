import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { integerBetween, seededRandom, sleep, systemClock } from '@vakhta/kernel';
import { expect, onTestFinished, test } from 'vitest';
import { servedMachine } from '../../../test/served-machine.ts';
import { TransferResult } from './transfer-journal.ts';

const program = fileURLToPath(new URL('../../../test/model/transferring-process.ts', import.meta.url));
const kills = 20;

test('20 processes killed with SIGKILL while they move money: not a cent made or lost, none twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sas-transfers-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [journal, results] = [join(folder, 'journal'), join(folder, 'results')];
  const options = { answerDelayMs: 1, aftDelayMs: 30 };
  const { machine, line } = await servedMachine('tcp', { credits: 100_000, options });
  const random = seededRandom(20);
  const run = (...more: string[]): ChildProcessByStdio<null, Readable, null> =>
    spawn(process.execPath, [program, line, journal, results, ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  const killedAt = new Map<string, number>();
  for (let kill = 0; kill < kills; kill++) {
    const child = run();
    let stepsLeft = integerBetween(random, 1, 25);
    for await (const step of createInterface({ input: child.stdout })) {
      if (--stepsLeft > 0) continue;
      killedAt.set(step, (killedAt.get(step) ?? 0) + 1);
      break;
    }
    if (random.float() < 0.5) await sleep(systemClock, integerBetween(random, 1, 60));
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
  }
  expect(
    await once(
      run('end').on('spawn', () => {}),
      'exit',
    ),
  ).toEqual([0, null]);

  const said = (await readFile(results, 'utf8')).split('\n').filter((text) => text !== '');
  const byId = new Map<string, TransferResult>();
  for (const text of said) {
    const result = TransferResult.parse(JSON.parse(text));
    // Told twice is allowed after a crash; told otherwise is not.
    expect(byId.get(result.id) ?? result).toEqual(result);
    byId.set(result.id, result);
  }
  const completed = [...byId.values()].flatMap((result) => (result.state === 'completed' ? [result] : []));
  const moved = (type: number) =>
    completed.reduce(
      (sum, { transferType, amounts }) => sum + (transferType === type ? amounts.cashableCents : 0),
      0,
    );
  expect([...byId.values()].filter(({ state }) => state === 'unresolved')).toEqual([]);
  expect(machine.ledger.balance('host')).toBe(moved(0x80) - moved(0x00));
  expect([machine.meters.read('00A0'), machine.meters.read('00B8')]).toEqual([moved(0x00), moved(0x80)]);
  expect(machine.meters.read('00A1')! + machine.meters.read('00B9')!).toBe(completed.length);
  expect(machine.ledger.sum).toBe(0);
  expect(completed.length).toBeGreaterThan(kills);
  // They died at more than one place.
  expect(killedAt.size).toBeGreaterThan(2);
}, 240_000);
