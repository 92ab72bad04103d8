import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pngSize } from '../picture/encode-png.ts';
import { type Fleet, startFleet } from '../simulator/index.ts';
import { runCli } from './program.ts';

let folder: string;
let fleet: Fleet | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-cli-'));
});
afterEach(async () => {
  await fleet?.stop();
  fleet = undefined;
  await rm(folder, { recursive: true });
});

async function run(args: string[], stdin = '', stopped: Promise<void> = Promise.resolve()) {
  const printed: string[] = [];
  const complained: string[] = [];
  const code = await runCli(args, {
    clock: systemClock,
    random: systemRandom,
    version: '1.2.3',
    pid: 1,
    stdin: async () => stdin,
    print: (line) => void printed.push(line),
    complain: (line) => void complained.push(line),
    stopped,
  });
  return { code, printed, complained };
}

const fixture = (expect: Record<string, unknown>) => [
  {
    id: 'x',
    title: 't',
    command: 'dumpsys power',
    output: 'mWakefulness=Awake\n',
    excerpt: true,
    source: 's',
    expect,
  },
];
async function checkOf(expected: Record<string, unknown>) {
  const file = join(folder, 'fixtures.json');
  await writeFile(file, JSON.stringify(fixture(expected)));
  return run(['check', file]);
}

it('scores fixtures: right, unknown and wrong, and fails on a wrong one', async () => {
  expect(await checkOf({ wakefulness: 'Awake', screenOn: null })).toMatchObject({
    code: 0,
    printed: ['right 2, unknown 0, wrong 0', '2 passed, 0 failed'],
  });
  const wrong = await checkOf({ wakefulness: 'Asleep', volume: 3 });
  expect(wrong.code).toBe(1);
  expect(wrong.printed.slice(-2)).toEqual(['right 0, unknown 1, wrong 1', '0 passed, 2 failed']);
  expect((await checkOf({})).code).toBe(1);
});

it('reads an output from standard input', async () => {
  const { code, printed } = await run(['parse', 'cat /proc/uptime'], '12.5 40.0\r\n');
  expect([code, JSON.parse(printed.join('\n'))]).toEqual([0, { uptimeSeconds: 12.5 }]);
});

it('reads, acts and takes a picture over the wire, and leaves', async () => {
  fleet = await startFleet({ count: 1, profiles: ['tcl-11'], delays: { input: 10 } });
  const host = `127.0.0.1:${fleet.members[0]!.port}`;
  const more = ['--keys', folder];
  const state = await run(['state', host, '--json', ...more]);
  expect([state.code, JSON.parse(state.printed.join('\n'))]).toMatchObject([
    0,
    { volume: 95, source: 'HDMI1' },
  ]);
  expect(await run(['act', host, 'setVolume', '30', ...more])).toMatchObject({
    code: 0,
    printed: ['done, and read back {"volume":30}'],
  });
  expect(fleet.journal.entries().map(({ detail }) => detail)).toEqual([{ set: 30 }]);
  expect((await run(['act', host, 'pressKey', 'BACK', ...more])).printed[0]).toMatch(
    /^sent, effect not observable/,
  );
  const file = join(folder, 'screen.png');
  expect((await run(['screenshot', host, file, ...more])).code).toBe(0);
  expect(pngSize(await readFile(file))).toEqual({ width: 960, height: 540 });
});

it('fails where no TV answers, and says why', async () => {
  const { code, complained } = await run(['state', '127.0.0.1:1', '--keys', folder, '--timeout', '1']);
  expect(code).toBe(1);
  expect(complained.join()).toContain('adb.connect_refused');
});

it.each([
  [['act', 'tv', 'fly']],
  [['act', 'tv', 'setVolume']],
  [['act', 'tv', 'setVolume', 'loud']],
  [['act', 'tv', 'powerOn', 'now']],
  [['state', 'tv:99999']],
  [['state']],
  [['nonsense']],
  [['simulate', '--profile', 'grundig']],
  [['simulate', '--count', 'many']],
])('calls %j wrong use', async (args) => {
  expect((await run(args)).code).toBe(2);
});

it('simulates for as long as it was told', async () => {
  const never = new Promise<void>(() => {});
  expect((await run(['simulate', '--for', '1'], '', never)).code).toBe(0);
});

it('helps and tells its version', async () => {
  expect(await run(['--version'])).toMatchObject({ code: 0, printed: ['1.2.3'] });
  expect((await run(['--help'])).printed.join()).toContain('simulate');
});

it('simulates until it is asked to stop, and says in one line how each TV is reached', async () => {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const seen: string[] = [];
  const running = runCli(['simulate', '--count', '3', '--json'], {
    clock: systemClock,
    random: systemRandom,
    version: '0',
    pid: 1,
    stdin: async () => '',
    print: (line) => {
      seen.push(line);
      stop();
    },
    complain: () => {},
    stopped,
  });
  expect(await running).toBe(0);
  expect(seen).toHaveLength(1);
  const ready = JSON.parse(seen[0]!) as { tvs: { port: number; relayUrl: string }[] };
  expect(ready.tvs).toHaveLength(3);
  expect(ready.tvs[0]).toMatchObject({
    host: '127.0.0.1',
    relayUrl: expect.stringMatching(/\/tvs\/tv-01\/relay$/),
  });
});
