import { systemClock } from '@vakhta/kernel';
import { connectTcpLine } from '@vakhta/sas/transports';
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { program } from './program.ts';

function cli(...words: string[]) {
  const printed: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const print = (line: string) => {
    printed.push(line);
    if (line.includes('ready')) isReady();
  };
  const command = program({ clock: systemClock, version: '0.0.0-test', print, stopped });
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => {} });
  const ended = command.parseAsync(words, { from: 'user' });
  return { printed, ready, stop, ended };
}

test('a hall is there when it says so, each machine where it says, and gone when it is stopped', async () => {
  const { printed, ready, stop, ended } = cli('simulate', '--count', '3', '--json');
  await ready;
  const { machines } = JSON.parse(printed[0]!) as { machines: { serial: string; line: string }[] };
  expect(machines.map(({ serial }) => serial)).toEqual(['VK100001', 'VK100002', 'VK100003']);
  const ports = machines.map(({ line }) => Number(/^tcp:\/\/127\.0\.0\.1:(\d+)$/.exec(line)![1]));
  const connect = (port: number) => connectTcpLine({ host: '127.0.0.1', port }, systemClock);
  for (const port of ports) await (await connect(port)).close();
  stop();
  await ended;
  for (const port of ports) await expect(connect(port)).rejects.toMatchObject({ code: 'sas.line.no_device' });
});

test.each([
  ['--count', '0'],
  ['--count', 'many'],
  ['--seed', '-1'],
  ['--pace', '5'],
])('wrong use is told and starts nothing: %s %s', async (...words) => {
  const { printed, ended } = cli('simulate', ...words);
  await expect(ended).rejects.toBeInstanceOf(CommanderError);
  expect(printed).toEqual([]);
});
