import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock as clock, type Json, newId, systemRandom as random, type ThingId } from '@vakhta/kernel';
import { parseValue } from '@vakhta/things';
import { afterEach, expect, test, vi } from 'vitest';
import { driver } from '../driver/index.ts';
import { ExceptionFact, Reading, valuesOf } from '../facts/index.ts';
import { type Hall, startHall } from './hall.ts';

let hall: Hall | undefined;
const ending = new AbortController();
const directory = mkdtempSync(join(tmpdir(), 'vakhta-hall-'));
afterEach(async () => {
  ending.abort();
  await hall?.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('a hall is played and read over TCP: what the drivers have is what the machines counted', async () => {
  const said = new Map<string, { name: string; data: unknown }[]>();
  hall = await startHall({ count: 3, pace: 300, seed: 7 });
  const running = hall.machines.map(({ serial, line }) => {
    const events: { name: string; data: unknown }[] = [];
    said.set(serial, events);
    const configuration = parseValue(driver.model.configuration, { line, liveMs: 200, readingSeconds: 1 });
    if (!configuration.ok) throw new Error(configuration.error.message);
    const opened = driver.open({
      thing: newId<ThingId>({ clock, random }),
      configuration: configuration.value as Record<string, Json>,
      report: {
        property: async () => {},
        event: async (name, data) => void events.push({ name, data }),
        lastOnce: () => undefined,
        online: async () => {},
        confirm: () => {},
      },
      clock,
      random,
      directory,
      log: () => {},
    });
    return opened.run(ending.signal);
  });
  const readings = (serial: string) =>
    said.get(serial)!.flatMap(({ name, data }) => (name === 'reading' ? [Reading.parse(data)] : []));
  await vi.waitFor(
    () => {
      for (const { serial } of hall!.machines) {
        expect(said.get(serial)!.some(({ name }) => name === 'identity')).toBe(true);
        expect(readings(serial)).not.toEqual([]);
      }
      expect(hall!.machines.some(({ machine }) => machine.meters.read('0005')! > 3)).toBe(true);
    },
    { timeout: 25_000, interval: 50 },
  );
  // The visitors get up; what is counted then is what everybody has.
  hall.rest();
  await vi.waitFor(
    () => {
      for (const { serial, machine } of hall!.machines) {
        const values = valuesOf({ meters: readings(serial).flatMap(({ meters }) => meters) });
        for (const code of ['00', '01', '04', '05', '0B', '0C'])
          expect([serial, code, values[code]]).toEqual([serial, code, machine.meters.read(`00${code}`)]);
        const numbers = said
          .get(serial)!
          .flatMap(({ name, data }) => (name === 'exception' ? [ExceptionFact.parse(data).number] : []));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
    },
    { timeout: 25_000, interval: 100 },
  );
  ending.abort();
  await Promise.all(running);
});

test('a hall that is started again counts on', async () => {
  const memory = join(mkdtempSync(join(tmpdir(), 'vakhta-memory-')), 'machines.json');
  const first = await startHall({ count: 2, memory });
  const [one] = first.machines;
  one!.machine.setCredits(40);
  one!.machine.meters.add('0000', 123);
  await first.stop();
  const second = await startHall({ count: 2, memory });
  const [same, other] = second.machines.map(({ machine }) => machine);
  expect([same!.meters.read('0000'), same!.meters.read('000C'), other!.meters.read('0000')]).toEqual([
    123, 40, 0,
  ]);
  await second.stop();
  rmSync(dirname(memory), { recursive: true, force: true });
});

test('the same seed furnishes the same hall', async () => {
  const games = async () => {
    const one = await startHall({ count: 6, seed: 3 });
    const setups = one.machines.map(({ machine }) => machine.setup.identity);
    await one.stop();
    return setups;
  };
  expect(await games()).toEqual(await games());
});
