import { afterEach, expect, test } from 'vitest';
import { cliRun } from '../../../test/cli-run.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Ready {
  readonly seed: number;
  readonly lines: readonly string[];
}

/** Starts a simulation and waits for its ready line. */
function simulation(...args: string[]): Promise<{ ready: Ready; printed: string[] }> {
  const printed: string[] = [];
  return new Promise((resolve) => {
    let stop = () => {};
    const stopped = new Promise<void>((end) => {
      stop = end;
    });
    const onPrint = (line: string) => {
      printed.push(line);
      if (printed.length === 1) resolve({ ready: JSON.parse(line) as Ready, printed });
    };
    const running = cliRun(['simulate', '--json', ...args], { onPrint, stopped });
    ends.push(() => {
      stop();
      return running;
    });
  });
}

async function doctor(
  line: string,
): Promise<{ code: number; found: { causes: { id: string }[]; address: number } }> {
  const { code, printed } = await cliRun(['doctor', line, '--rounds', '3', '--json']);
  return { code, found: JSON.parse(printed[0]!) };
}

test('simulated machines are found healthy over TCP, a bridge and a pseudo-terminal', async () => {
  const all = await Promise.all([
    simulation('--count', '2', '--address', '17', '--seed', '5'),
    simulation('--pty', 'bridge', '--no-play'),
    simulation('--pty', 'gap', '--no-play', '--profile', 'lenient'),
  ]);
  const lines = all.flatMap(({ ready }) => ready.lines);
  expect(all[0]!.ready).toMatchObject({ ready: true, pid: 1, seed: 5, address: 17 });
  expect(lines[2]).toMatch(/^bridge:\/dev\/pts\//);
  const healths = await Promise.all(lines.map(doctor));
  for (const { code, found } of healths) expect([code, found.causes.at(-1)?.id]).toEqual([0, 'healthy']);
  expect(healths.map(({ found }) => found.address)).toEqual([17, 17, 1, 1]);
});

test('what the machine raises is told as it happens, and it ends by itself', async () => {
  const { code, printed } = await cliRun([
    'simulate',
    '--seed',
    '1',
    '--pace',
    '10',
    '--log',
    '--for',
    '0.5',
  ]);
  expect(code).toBe(0);
  expect(printed[0]).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
  expect(printed.join('\n')).toMatch(/ready: 1 at address 1, seed 1\n[\s\S]*1: 7E /);
});

test.each([
  ['--count', '0'],
  ['--address', '200'],
  ['--profile', 'rude'],
  ['--pty', 'yes'],
  ['--pace', '1.5'],
])('calls simulate %s %s wrong use', async (...args) => {
  expect((await cliRun(['simulate', ...args])).code).toBe(2);
});
