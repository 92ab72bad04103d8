import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainMachine } from '../../../test/plain-machine.ts';
import { hostSymbols } from '../../line/index.ts';
import { headerLine, messageLine, parseRecording } from '../../recording/index.ts';
import { listenTcpLine } from '../../transports/index.ts';
import { runCli } from '../program.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-sas-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(
  args: string[],
  onPrint: (line: string) => void = () => {},
  stopped = new Promise<void>(() => {}),
) {
  const printed: string[] = [];
  const code = await runCli(args, {
    clock: systemClock,
    random: systemRandom,
    version: '0',
    pid: 1,
    stdin: async () => '',
    print: (line) => {
      printed.push(line);
      onPrint(line);
    },
    complain: () => {},
    stopped,
  });
  return { code, printed };
}

test('what is sniffed lands in a file that replay reads', async () => {
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, async (line) => {
    for (const bytes of [[0x80], [0x81]]) await line.send(hostSymbols(bytes));
  });
  const file = join(folder, 'line.jsonl');
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let seen = 0;
  const args = ['sniff', '--host', `tcp://127.0.0.1:${server.port}`, '--out', file];
  const { code, printed } = await run(args, () => ++seen === 2 && stop(), stopped);
  await server.close();
  expect(code).toBe(0);
  expect(printed).toEqual([
    expect.stringContaining('*80  general poll to address 0'),
    expect.stringContaining('*81  general poll to 1'),
  ]);
  const recording = parseRecording(await readFile(file, 'utf8'));
  expect(recording).toMatchObject({
    ok: true,
    value: { messages: [{ symbols: [0x180] }, { symbols: [0x181] }] },
  });
  expect((await run(['replay', file])).printed).toEqual(printed);
});

test('a recording is said again to a machine, and a different answer fails', async () => {
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, (line) =>
    plainMachine(line, systemClock, 1),
  );
  const file = join(folder, 'line.jsonl');
  const say = async (exception: number) => {
    const messages = [
      { at: 0, from: 'host', symbols: [0x180] },
      { at: 40, from: 'host', symbols: [0x181] },
      { at: 45, from: 'machine', symbols: [exception] },
    ] as const;
    await writeFile(file, [headerLine('2026-11-21T12:00:00.000Z'), ...messages.map(messageLine)].join('\n'));
    return run(['replay', file, '--onto', `tcp://127.0.0.1:${server.port}`]);
  };
  const same = await say(0x00);
  const other = await say(0x11);
  await server.close();
  expect([same.code, same.printed.at(-1)]).toEqual([0, '2 answered as recorded, 0 otherwise']);
  expect([other.code, other.printed.at(-1)]).toEqual([1, '1 answered as recorded, 1 otherwise']);
});

test('a recorded command is said again only when that is asked for', async () => {
  const said: number[][] = [];
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, (line) =>
    line.receive((symbols) => said.push(symbols.map(({ symbol }) => symbol))),
  );
  const file = join(folder, 'line.jsonl');
  const messages = [
    { at: 0, from: 'host', symbols: [0x101, 0x1a] },
    { at: 60, from: 'host', symbols: hostSymbols([0x01, 0x01, 0x51, 0x08]) },
  ] as const;
  await writeFile(file, [headerLine('2026-11-21T12:00:00.000Z'), ...messages.map(messageLine)].join('\n'));
  const onto = ['replay', file, '--onto', `tcp://127.0.0.1:${server.port}`];
  await run(onto);
  expect(said.splice(0)).toEqual([[0x101, 0x1a]]);
  await run([...onto, '--everything']);
  await server.close();
  expect(said).toEqual([[0x101, 0x1a], hostSymbols([0x01, 0x01, 0x51, 0x08])]);
});

test('a line that closes ends the recording with a failure, and keeps what was heard', async () => {
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, async (line) => {
    await line.send([0x01]);
    await line.close();
  });
  const { code, printed } = await run(['sniff', '--machine', `tcp://127.0.0.1:${server.port}`, '--json']);
  await server.close();
  expect(code).toBe(1);
  expect(parseRecording(printed.join('\n'))).toMatchObject({
    ok: true,
    value: { messages: [{ symbols: [1] }] },
  });
});

test.each([
  [['sniff']],
  [['sniff', '--host', 'COM1']],
  [['sniff', '--for', '0', '--wire', '/dev/ttyS0']],
  [['replay']],
])('calls %j wrong use', async (args) => {
  expect((await run(args)).code).toBe(2);
});

test('a file that is no recording is wrong use', async () => {
  const file = join(folder, 'other.txt');
  await writeFile(file, 'hello');
  expect((await run(['replay', file])).code).toBe(2);
});
