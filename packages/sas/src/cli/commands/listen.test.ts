import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cliRun } from '../../../test/cli-run.ts';
import { servedMachine } from '../../../test/served-machine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-sas-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts `sas listen`; `until` waits for a printed line, `stop` ends it as a signal does. */
function listening(...args: string[]) {
  const printed: string[] = [];
  let end = () => {};
  const stopped = new Promise<void>((resolve) => {
    end = resolve;
  });
  const running = cliRun(['listen', ...args], { stopped, onPrint: (line) => printed.push(line) });
  const until = (pattern: RegExp) =>
    expect.poll(() => printed.join('\n'), { timeout: 20_000, interval: 20 }).toMatch(pattern);
  const stop = () => {
    end();
    return running;
  };
  return { printed, until, stop };
}

test.each(['tcp', 'bridge', 'gap'] as const)(
  'what a machine tells is printed, as lines, over a line of kind %s',
  async (kind) => {
    const served = await servedMachine(kind, { address: 3 });
    const { printed, until, stop } = listening(
      served.line,
      '--address',
      '3',
      '--meters',
      '05,0C',
      '--every',
      '0.3',
    );
    await until(/up: machine 3 answers/);
    served.machine.play.door(true);
    served.machine.setCredits(10);
    served.machine.play.game(1, 0);
    await until(/exception: 11 slot door opened[\s\S]*meters: games played 1/);
    expect((await stop()).code).toBe(0);
    expect(printed[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z line\.opened: the ninth bit is (exact|lost)$/);
  },
);

test('as JSON every line is one event, and the commands of a file run by time and by what is told', async () => {
  const served = await servedMachine('tcp', { credits: 1234 });
  const file = join(folder, 'floor.json');
  await writeFile(
    file,
    JSON.stringify({
      commands: [
        { name: 'credits', poll: 'currentCredits', every: '300ms' },
        { name: 'which', poll: 'selectedGame', on: 'slotDoorClosed' },
      ],
    }),
  );
  const { printed, until, stop } = listening(served.line, '--json', '--commands', file);
  await until(/"event":"up"/);
  served.machine.play.door(true);
  served.machine.play.door(false);
  await until(/"name":"which"[\s\S]*"name":"credits"/);
  await stop();
  const events = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'exception', address: 1, code: '11', name: 'slotDoorOpened' }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'command', name: 'credits', cause: 'time', fields: { credits: 1234 } }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'command', name: 'which', cause: 'slotDoorClosed', ok: true }),
  );
  for (const { at } of events) expect(Math.abs(Date.parse(String(at)) - Date.now())).toBeLessThan(60_000);
});

test('with a file for it, everything is kept in a database as well', async () => {
  const served = await servedMachine('tcp', { credits: 5 });
  const set = join(folder, 'floor.json');
  const file = join(folder, 'sas.sqlite');
  await writeFile(set, '{"commands": [{"name": "credits", "poll": "1A", "every": "300ms"}]}');
  const args = ['--store', file, '--name', 'hall-1', '--commands', set, '--meters', '0C', '--every', '0.3'];
  const { until, stop } = listening(served.line, ...args);
  await until(/up: machine 1 answers/);
  served.machine.play.door(true);
  await until(/command: credits: [\s\S]*meters: current credits 5/);
  await until(/exception: 11/);
  await stop();
  const database = new DatabaseSync(file, { readOnly: true });
  const kinds = database
    .prepare(
      `SELECT DISTINCT kind || ' ' || coalesce(title, '') AS kept FROM sas_event WHERE machine = 'hall-1'`,
    )
    .all()
    .map(({ kept }) => kept);
  const readings = database.prepare(`SELECT code, value FROM sas_reading WHERE machine = 'hall-1'`).all();
  database.close();
  expect(kinds).toEqual(expect.arrayContaining(['up ', 'exception slot door opened', 'command credits']));
  expect(readings).toContainEqual({ code: '000C', value: 5 });
});

test('a machine that is lost and found again is said to be', async () => {
  const served = await servedMachine('tcp', {});
  const { until, stop } = listening(served.line);
  await until(/up: machine 1 answers/);
  served.machine.powerOff();
  await until(/down: machine 1 does not answer any more/);
  served.machine.powerOn();
  await until(/down: [\s\S]*up: machine 1 answers/);
  await stop();
});

test('it ends by itself after the time given, and a line that cannot be opened is an error', async () => {
  const served = await servedMachine('tcp', {});
  expect((await cliRun(['listen', served.line, '--for', '0.3'])).code).toBe(0);
  const { code, complained } = await cliRun(['listen', '/dev/no-such-tty']);
  expect([code, complained.join()]).toEqual([1, expect.stringContaining('/dev/no-such-tty')]);
});

test.each([
  ['--meters', '00,ZZ'],
  ['--every', '0'],
  ['--commands', '/no/such.json'],
])('calls listen %s %s wrong use', async (...args) => {
  expect((await cliRun(['listen', 'tcp://127.0.0.1:9', ...args])).code).toBe(2);
});
