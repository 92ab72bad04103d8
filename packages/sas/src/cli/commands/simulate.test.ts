import { systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { runCli } from '../program.ts';

const parts = (print: (line: string) => void, stopped = new Promise<void>(() => {})) => ({
  clock: systemClock,
  random: systemRandom,
  version: '0',
  pid: 7,
  stdin: async () => '',
  print,
  complain: () => {},
  stopped,
});
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
    const print = (line: string) => {
      printed.push(line);
      if (printed.length === 1) resolve({ ready: JSON.parse(line) as Ready, printed });
    };
    const running = runCli(['simulate', '--json', ...args], parts(print, stopped));
    ends.push(() => {
      stop();
      return running;
    });
  });
}

async function doctor(
  line: string,
): Promise<{ code: number; found: { causes: { id: string }[]; address: number } }> {
  const printed: string[] = [];
  const code = await runCli(
    ['doctor', line, '--rounds', '3', '--json'],
    parts((text) => void printed.push(text)),
  );
  return { code, found: JSON.parse(printed[0]!) };
}

test('simulated machines are found healthy over TCP, a bridge and a pseudo-terminal', async () => {
  const all = await Promise.all([
    simulation('--count', '2', '--address', '17', '--seed', '5'),
    simulation('--pty', 'bridge', '--no-play'),
    simulation('--pty', 'gap', '--no-play', '--profile', 'lenient'),
  ]);
  const lines = all.flatMap(({ ready }) => ready.lines);
  expect(all[0]!.ready).toMatchObject({ ready: true, pid: 7, seed: 5, address: 17 });
  expect(lines[2]).toMatch(/^bridge:\/dev\/pts\//);
  const healths = await Promise.all(lines.map(doctor));
  for (const { code, found } of healths) expect([code, found.causes.at(-1)?.id]).toEqual([0, 'healthy']);
  expect(healths.map(({ found }) => found.address)).toEqual([17, 17, 1, 1]);
});

test('what the machine raises is told as it happens, and it ends by itself', async () => {
  const printed: string[] = [];
  const args = ['simulate', '--seed', '1', '--pace', '10', '--log', '--for', '0.5'];
  expect(
    await runCli(
      args,
      parts((line) => void printed.push(line)),
    ),
  ).toBe(0);
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
  expect(
    await runCli(
      ['simulate', ...args],
      parts(() => {}),
    ),
  ).toBe(2);
});
