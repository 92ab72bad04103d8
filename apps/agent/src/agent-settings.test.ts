import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from './agent-settings.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vakhta-settings-'));
  file = join(directory, 'agent.config.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

const read = (content: unknown) => {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return () => readSettings(file);
};

test('what is not set has its default', () => {
  expect(readSettings(undefined).drivers).toEqual(['@vakhta/android-tv/driver', '@vakhta/egm/driver']);
  const settings = read({ outbox: { maxObservations: 5000 } })();
  expect(settings.outbox).toMatchObject({ maxObservations: 5000, reserveObservations: 2000 });
});

test('an unknown name is an error that offers the nearest known one', () => {
  expect(read({ driver: [] })).toThrow("unknown setting 'driver', did you mean 'drivers'?");
  expect(read({ outbox: { maxByte: 1 } })).toThrow(
    "unknown setting 'outbox.maxByte', did you mean 'maxBytes'?",
  );
});

test('a wrong value is an error that names the setting and the rule', () => {
  expect(read({ logLevel: 'loud' })).toThrow(/logLevel: .*debug/);
  expect(read({ outbox: { maxObservations: 100 } })).toThrow(
    'outbox.reserveObservations: must be less than outbox.maxObservations',
  );
  expect(read('{ not json')).toThrow(file);
});
