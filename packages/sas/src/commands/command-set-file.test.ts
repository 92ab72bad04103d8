import { expect, test } from 'vitest';
import { BadCommandSet, parseCommandSet, readCommandSet } from './index.ts';

const file = (...commands: unknown[]) => JSON.stringify({ commands });

/** What is said about a file that is wrong. */
function said(text: string): string[] {
  try {
    parseCommandSet(text, 'floor.json');
  } catch (error) {
    if (error instanceof BadCommandSet) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('a file names commands: polls by name or code, times in words, what makes them run', () => {
  expect(
    parseCommandSet(
      file(
        { name: 'readCredits', poll: 'currentCredits', every: '10s' },
        {
          name: 'audit',
          title: 'Meters',
          poll: '6f',
          fields: { game: 0, meterCodes: ['0000', '0001'] },
          every: '1.5min',
        },
        { name: 'lock.out', poll: 'shutDown', retries: 3, retryAfter: '500ms', within: '2s' },
        { name: 'look', poll: 'selectedGame', on: ['up', '8C', 'slotDoorClosed'] },
        { name: 'bills', poll: 'lastBill', on: 'bill1' },
        { name: 'raw', poll: 'multipliedJackpot', fields: { raw: '00' } },
      ),
    ),
  ).toEqual({
    readCredits: { poll: 'currentCredits', every: 10_000 },
    audit: {
      title: 'Meters',
      poll: 'extendedMeters',
      fields: { game: 0, meterCodes: ['0000', '0001'] },
      every: 90_000,
    },
    'lock.out': { poll: 'shutDown', retries: 3, retryAfter: 500, within: 2000 },
    look: { poll: 'selectedGame', on: ['up', 'gameSelected', 'slotDoorClosed'] },
    bills: { poll: 'lastBill', on: ['bill1'] },
    raw: { poll: 'multipliedJackpot', fields: { raw: '00' } },
  });
});

test.each<[string, object, string]>([
  [
    'an unknown poll',
    { poll: 'currentCredit' },
    "field poll: there is no poll 'currentCredit'; did you mean currentCredits?",
  ],
  ['a poll that looks like none', { poll: 'xyzzy' }, "field poll: there is no poll 'xyzzy'"],
  ['no poll', {}, 'field poll: Invalid input: expected string, received undefined'],
  ['a key that nobody knows', { poll: '1A', evry: '1s' }, 'field evry: is not known; did you mean every?'],
  [
    'a time without a unit',
    { poll: '1A', every: '10' },
    'field every: must be a time such as 500ms, 10s, 1.5min or 1h',
  ],
  ['too often', { poll: '1A', every: '10ms' }, 'field every: must be from 100 ms to 24 days'],
  [
    'retries without end',
    { poll: '1A', retries: 1000 },
    'field retries: Too big: expected number to be <=100',
  ],
  [
    'an exception that is none',
    { poll: '1A', on: ['slotDoorOpen'] },
    "field on: there is no exception 'slotDoorOpen'; did you mean slotDoorOpened?",
  ],
  [
    'one exception that is none',
    { poll: '1A', on: 'slotDoorOpen' },
    "field on: there is no exception 'slotDoorOpen'; did you mean slotDoorOpened?",
  ],
  [
    'a field of another poll',
    { poll: 'enableGame', fields: { gmae: 1, enabled: true } },
    'field fields.gmae: there is no such field; did you mean game?',
  ],
  [
    'a field where there is none',
    { poll: '1A', fields: { game: 1 } },
    'field fields.game: there is no such field; this poll has no fields',
  ],
  [
    'a field that is missing',
    { poll: 'enableGame', fields: { game: 1 } },
    'field fields.enabled: must be given',
  ],
  [
    'a field out of range',
    { poll: 'enableGame', fields: { game: 10_000, enabled: true } },
    'field fields.game: must be a whole number from 0 to 9999',
  ],
  [
    'a meter code that is none',
    { poll: '6F', fields: { game: 0, meterCodes: ['coin in'] } },
    'field fields.meterCodes: must be four hex digits',
  ],
  [
    'money by the clock',
    { poll: 'bonusAward', fields: { amountCredits: 5, taxStatus: 0 }, every: '1h' },
    'field every: bonusAward acts each time it is sent, so it runs only when it is called',
  ],
  [
    'money by the machine',
    { poll: 'resetHandpay', on: 'handpayPending' },
    'field on: resetHandpay acts each time it is sent, so it runs only when it is called',
  ],
  [
    'a record that is there once',
    { poll: 'handpay', every: '10s' },
    'field every: the answer to handpay is to be had once: the host reads it when it is due',
  ],
  [
    'a transfer past the journal',
    { poll: 'aftTransfer', fields: { transferCode: 0 } },
    'field poll: aftTransfer belongs to the host: money is moved by host.transfer(), which keeps a journal',
  ],
])('%s is refused with file, command, field and rule', (_, wrong, rule) => {
  expect(said(file({ name: 'fine', poll: '1A' }, { name: 'mine', ...wrong }))).toEqual([
    `floor.json: command mine, ${rule}`,
  ]);
});

test('all that is wrong is said at once, a command without a name by its place', () => {
  expect(
    said(
      file(
        { poll: '1A' },
        { name: 'two words', poll: '1A' },
        { name: 'a', poll: '1A' },
        { name: 'a', poll: '1A' },
      ),
    ),
  ).toEqual([
    'floor.json: command #1, field name: Invalid input: expected string, received undefined',
    'floor.json: command two words, field name: must be 1 to 64 letters, digits, points, dashes or underscores',
    'floor.json: command a, field name: #4 has the name of another command',
  ]);
});

test.each([
  ['{"commands": [', /^floor\.json: is not JSON: /],
  ['[]', /^floor\.json: Invalid input: expected object/],
  [
    '{"comands": []}',
    /^floor\.json: field commands: .*\nfloor\.json: field comands: is not known; did you mean commands\?$/,
  ],
])('a file that is no set of commands (%s) is refused', (text, message) => {
  expect(said(text).join('\n')).toMatch(message);
});

test('a file that is not there is a wrong set too', async () => {
  await expect(readCommandSet('/no/such.json')).rejects.toThrow(/^\/no\/such\.json: cannot be read: ENOENT/);
});
