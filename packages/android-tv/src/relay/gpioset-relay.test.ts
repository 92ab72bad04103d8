import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GpiosetRelay } from './gpioset-relay.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-gpio-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A gpioset that writes down how it was called and holds its line as the real one does. */
async function gpioset(version: string, body = 'exec sleep 60'): Promise<string> {
  const program = join(folder, 'gpioset');
  await writeFile(
    program,
    `#!/bin/sh\n[ "$1" = --version ] && { echo "gpioset (libgpiod) v${version}"; exit 0; }\necho "$@" >> ${folder}/calls\n${body}\n`,
  );
  await chmod(program, 0o755);
  return program;
}
/** The calls so far, once there are as many as expected: a busy machine starts a program late. */
const calls = (count: number) =>
  vi.waitFor(async () => {
    const lines = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(count);
    return lines;
  }, 5000);
const relayWith = (program: string, energisedIsOff: boolean) =>
  new GpiosetRelay({ chip: 'gpiochip0', line: 17, energisedIsOff, clock: systemClock, program });

it('speaks libgpiod 1, normally closed: cutting the mains energises the line', async () => {
  const relay = relayWith(await gpioset('1.6.3'), true);
  expect(await relay.read()).toBe(true);
  await relay.set(false);
  await calls(1);
  expect(await relay.read()).toBe(false);
  await relay.set(true);
  expect(await calls(2)).toEqual(['-m signal gpiochip0 17=1', '-m signal gpiochip0 17=0']);
  await relay.close();
});

it('speaks libgpiod 2, normally open: the mains energise the line', async () => {
  const relay = relayWith(await gpioset('2.1.3'), false);
  await relay.set(true);
  expect(await relay.read()).toBe(true);
  expect(await calls(1)).toEqual(['-c gpiochip0 17=1']);
  await relay.close();
  // Released, the wiring's own state holds.
  expect(await relay.read()).toBe(false);
});

it('fails with what gpioset complained of when it cannot have the line', async () => {
  const relay = relayWith(await gpioset('1.6.3', 'echo "device or resource busy" >&2; exit 1'), true);
  await expect(relay.set(false)).rejects.toMatchObject({
    code: 'relay.gpioset_failed',
    message: expect.stringContaining('busy'),
  });
});

it('says what to install where there is no gpioset', async () => {
  const relay = relayWith(join(folder, 'nothing'), true);
  await expect(relay.set(false)).rejects.toMatchObject({ code: 'relay.no_gpioset' });
});
