import { systemClock, systemRandom } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { plainMachine } from '../../../test/plain-machine.ts';
import { listenTcpLine, openPtyLine } from '../../transports/index.ts';
import { runCli } from '../program.ts';

async function run(args: string[]) {
  const printed: string[] = [];
  const code = await runCli(args, {
    clock: systemClock,
    random: systemRandom,
    version: '0',
    pid: 1,
    stdin: async () => '',
    print: (line) => void printed.push(line),
    complain: () => {},
    stopped: new Promise<void>(() => {}),
  });
  return { code, printed };
}

test('the doctor finds a machine over TCP and through a real tty, and reports on both in words', async () => {
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, (line) =>
    plainMachine(line, systemClock, 5),
  );
  const pty = await openPtyLine('gap', systemClock);
  plainMachine(pty.line, systemClock, 1);
  const [tcp, tty] = await Promise.all([
    run(['doctor', `tcp://127.0.0.1:${server.port}`, '--rounds', '2']),
    run(['doctor', pty.path, '--rounds', '2', '--address', '1']),
  ]);
  await Promise.all([server.close(), pty.line.close()]);
  expect(tcp.code).toBe(0);
  expect(tcp.printed.join('\n')).toMatch(/ninth bit +exact[\s\S]*chirps +from 5[\s\S]*machine +address 5/);
  expect(tcp.printed.join('\n')).toMatch(
    /long polls +2 of 2 answered[\s\S]*bad CRC +0 of 2[\s\S]*what they should/,
  );
  expect(tty.code).toBe(0);
  expect(tty.printed.join('\n')).toMatch(
    /ninth bit +lost[\s\S]*general polls +2 of 2[\s\S]*long polls +2 of 2/,
  );
});

test('a line that cannot be opened is explained, and exits 1', async () => {
  expect(await run(['doctor', '/dev/no-such-tty'])).toMatchObject({
    code: 1,
    printed: [expect.stringContaining('There is no such port')],
  });
  const { printed } = await run(['doctor', '/dev/null', '--json']);
  expect(JSON.parse(printed[0]!)).toMatchObject({ cause: 'notSerial' });
});

test.each([
  [['doctor']],
  [['doctor', 'COM3']],
  [['doctor', '/dev/ttyS0', '--address', '128']],
  [['doctor', '/dev/ttyS0', '--rounds', 'many']],
])('calls %j wrong use', async (args) => {
  expect((await run(args)).code).toBe(2);
});
