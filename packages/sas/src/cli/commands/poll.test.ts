import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cliRun } from '../../../test/cli-run.ts';
import { servedMachine } from '../../../test/served-machine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-sas-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one poll is sent over TCP, a bridge and a pseudo-terminal, and its answer printed', async () => {
  for (const kind of ['tcp', 'bridge', 'gap'] as const) {
    const served = await servedMachine(kind, { credits: 1234, address: 7 });
    const { machine, line } = served;
    machine.raise({ code: '11' });
    expect(await cliRun(['poll', line, 'currentCredits', '--address', '7'])).toMatchObject({
      code: 0,
      printed: ['1A currentCredits from 7: credits 1234 credits'],
    });
    const meters = ['poll', line, '6f', 'game=0', 'meterCodes=00,0C', '--address', '7', '--json'];
    const { code, printed } = await cliRun(meters);
    expect([code, JSON.parse(printed[0]!)]).toEqual([
      0,
      {
        poll: 'extendedMeters',
        address: 7,
        ok: true,
        kind: 'data',
        fields: {
          game: 0,
          meters: [
            { code: '0000', value: 0, bytes: 4 },
            { code: '000C', value: 1234, bytes: 4 },
          ],
        },
        frame: expect.stringMatching(/^076F/),
      },
    ]);
    // Nothing was taken from the machine that a host waits for.
    expect(machine.port.queue.codes(false)).toEqual(['11']);
  }
});

test('what is accepted without data is said to be, and what nobody answers fails with the reason', async () => {
  const served = await servedMachine('tcp', {});
  const { line } = served;
  expect(await cliRun(['poll', line, 'enableGame', 'game=1', 'enabled=off'])).toMatchObject({
    code: 0,
    printed: ['enableGame: accepted by 1'],
  });
  const elsewhere = await cliRun(['poll', line, 'currentCredits', '--address', '9']);
  expect(elsewhere).toMatchObject({ code: 1, printed: [] });
  expect(elsewhere.complained).toEqual([
    'currentCredits: no answer: the machine does not know this poll, or is not there (sent 3 times)',
  ]);
  const asJson = await cliRun(['poll', line, 'currentCredits', '--address', '9', '--json']);
  expect(JSON.parse(asJson.printed[0]!)).toMatchObject({ ok: false, error: { code: 'sas.silent', sent: 3 } });
});

test('a command of a file is sent by its name, with fields of the command line over those of the file', async () => {
  const served = await servedMachine('tcp', {});
  const { line, machine } = served;
  const file = join(folder, 'floor.json');
  await writeFile(
    file,
    JSON.stringify({
      commands: [
        { name: 'readCredits', poll: 'currentCredits', every: '10s' },
        { name: 'bonus', poll: 'bonusAward', fields: { amountCredits: 5, taxStatus: 0 } },
      ],
    }),
  );
  const read = await cliRun(['poll', line, 'readCredits', '--commands', file]);
  expect(read.printed).toEqual(['1A currentCredits from 1: credits 0 credits']);
  expect(await cliRun(['poll', line, 'bonus', '--commands', file])).toMatchObject({
    code: 2,
    complained: ['sas: bonusAward does something each time it is heard: say --acts if it shall'],
  });
  const paid = await cliRun(['poll', line, 'bonus', 'amountCredits=25', '--acts', '--commands', file]);
  expect(paid.printed).toEqual(['bonusAward: accepted by 1']);
  await expect.poll(() => machine.ledger.credits).toBe(25);
});

test.each<[string, string[], RegExp]>([
  ['a poll nobody knows', ['currentCredit'], /did you mean currentCredits\?/],
  ['a field that is missing', ['enableGame', 'game=1'], /fields\.enabled: must be given/],
  [
    'a field of another poll',
    ['1A', 'game=1'],
    /fields\.game: there is no such field; this poll has no fields/,
  ],
  ['a field without a value', ['1A', 'game'], /'game' is no field: say name=value/],
  ['a list that is none', ['86', 'progressiveGroup=1', 'levels=1,2'], /levels has parts: write it as JSON/],
  [
    'a number that is none',
    ['bonusAward', 'amountCredits=many', 'taxStatus=0'],
    /amountCredits: must be a whole number/,
  ],
  ['a file that is not there', ['x', '--commands', '/no/such.json'], /cannot be read: ENOENT/],
])('%s is wrong use, and said to be', async (_, args, complaint) => {
  // Refused before the line is opened.
  const { code, complained } = await cliRun(['poll', 'tcp://127.0.0.1:9', ...args]);
  expect([code, complained.join('\n')]).toEqual([2, expect.stringMatching(complaint)]);
});

test('a file that is wrong is refused with every mistake in it', async () => {
  const file = join(folder, 'floor.json');
  await writeFile(
    file,
    JSON.stringify({
      commands: [
        { name: 'a', poll: 'currentCredit' },
        { name: 'b', poll: '09', fields: { game: 1 } },
      ],
    }),
  );
  const { code, complained } = await cliRun(['poll', 'tcp://127.0.0.1:9', 'a', '--commands', file]);
  expect(code).toBe(2);
  expect(complained.join('\n').split('\n')).toEqual([
    `sas: ${file}: command a, field poll: there is no poll 'currentCredit'; did you mean currentCredits?`,
    `${file}: command b, field fields.enabled: must be given`,
  ]);
});
