/** Debian's own `adb` takes the simulated adbd for a device, in each of its generations. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, systemRandom } from '@vakhta/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseAdbKey, parsePublicKey } from '../../src/adb/index.ts';
import {
  type AdbdProfile,
  type AdbdServer,
  adbdProfiles,
  startAdbd,
} from '../../src/simulator/adbd/index.ts';
import { ScriptedHost } from '../scripted-host.ts';
import { DebianAdb } from './debian-adb.ts';
import { checkPng, encodePng } from './png.ts';

let adb: DebianAdb;
let host: ScriptedHost;
let server: AdbdServer;
let serial: string;

beforeAll(async () => {
  adb = await DebianAdb.start();
});

afterAll(() => adb.stop());

afterEach(async () => {
  await adb.run(['disconnect', serial]);
  await server.stop();
});

async function start(profile?: AdbdProfile): Promise<void> {
  host = new ScriptedHost();
  server = await startAdbd({ host, clock: systemClock, random: systemRandom, profile });
  serial = `127.0.0.1:${server.port}`;
}

async function connectKnown(profile?: AdbdProfile): Promise<void> {
  await start(profile);
  const key = parsePublicKey(await readFile(join(adb.home, '.android/adbkey.pub'), 'utf8'));
  host.known.set(key.encoded, key);
  const { stdout } = await adb.run(['connect', serial]);
  expect(stdout.toString()).toContain(`connected to ${serial}`);
}

const on = (...args: string[]) => adb.run(['-s', serial, ...args]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a key made by adb is read as adb reads it', async () => {
  await start();
  const file = join(adb.home, 'made');
  await adb.run(['keygen', file]);
  const published = parsePublicKey(await readFile(`${file}.pub`, 'utf8'));
  expect(parseAdbKey(await readFile(file, 'utf8')).publicKey.encoded).toBe(published.encoded);
});

test('an unknown key is unauthorized until somebody accepts it on the screen, and known ever after', async () => {
  await start();
  await adb.run(['connect', serial]);
  await expect.poll(() => adb.stateOf(serial)).toBe('unauthorized');
  expect(host.dialogs).toHaveLength(1);
  expect((await on('shell', 'echo', 'in')).code).not.toBe(0);

  host.acceptDialog();
  await expect.poll(() => adb.stateOf(serial), { timeout: 20_000 }).toBe('device');
  expect((await on('shell', 'echo', 'in')).stdout.toString()).toBe('in\n');

  await adb.run(['disconnect', serial]);
  const again = await adb.run(['connect', serial]);
  expect(again.stdout.toString()).toContain(`connected to ${serial}`);
  expect(host.dialogs).toHaveLength(0);
});

test('a rejected key stays unauthorized and raises no dialog', async () => {
  await start();
  const key = parsePublicKey(await readFile(join(adb.home, '.android/adbkey.pub'), 'utf8'));
  host.rejected.add(key.encoded);
  await adb.run(['connect', serial]);
  await expect.poll(() => adb.stateOf(serial)).toBe('unauthorized');
  expect(host.dialogs).toHaveLength(0);
});

test('exec-out of screencap is a whole PNG', async () => {
  await connectKnown();
  const picture = encodePng(320, 180, (x, y) => (x << 16) | (y << 8) | 0x0a);
  host.commands.screencap = () => ({ stdout: picture, exitCode: 0 });
  const { stdout } = await on('exec-out', 'screencap', '-p');
  expect(checkPng(stdout)).toEqual({ width: 320, height: 180 });
  expect(stdout.equals(picture)).toBe(true);
});

test('shell v2 carries exit codes, both outputs and input', async () => {
  await connectKnown();
  for (const code of [0, 3, 127, 255]) expect((await on('shell', 'exit', String(code))).code).toBe(code);
  const complaint = await on('shell', 'complain', 'no such file');
  expect(complaint).toMatchObject({ code: 1, stderr: 'no such file\n' });
  expect(complaint.stdout.toString()).toBe('out\n');
  const input = randomBytes(300_000);
  expect((await adb.run(['-s', serial, 'shell', '-T', 'cat'], input)).stdout.equals(input)).toBe(true);
});

test('100 shells at once each get their own answer and code', async () => {
  await connectKnown();
  const numbers = Array.from({ length: 100 }, (_, i) => i);
  const runs = await Promise.all(
    numbers.map((n) => (n % 2 === 0 ? on('shell', 'echo', `number ${n}`) : on('shell', 'exit', String(n)))),
  );
  expect(runs.map(({ code, stdout }) => [code, stdout.toString()])).toEqual(
    numbers.map((n) => (n % 2 === 0 ? [0, `number ${n}\n`] : [n, ''])),
  );
});

describe.each(Object.entries(adbdProfiles))('the profile %s', (name, profile) => {
  test('takes 20 MB and gives them back with the same sha256', async () => {
    await connectKnown(profile);
    const film = randomBytes(20 * 1024 * 1024);
    const [local, returned] = [join(adb.home, 'film.mp4'), join(adb.home, 'returned.mp4')];
    await writeFile(local, film);
    // Onto a directory: adb asks with STAT what is there, and adds the name.
    expect(await on('push', local, '/sdcard/')).toMatchObject({ code: 0 });
    const stored = host.files.read('/sdcard/film.mp4');
    expect(stored.ok && sha256(stored.value)).toBe(sha256(film));
    expect(await on('pull', '/sdcard/film.mp4', returned)).toMatchObject({ code: 0 });
    expect(sha256(await readFile(returned))).toBe(sha256(film));
  });

  test('lists files and refuses those that are not there', async () => {
    await connectKnown(profile);
    host.files.write('/sdcard/Movies/a.mp4', new Uint8Array(5), { mode: 0o644, mtime: 1_700_000_000_000 });
    expect((await on('ls', '/sdcard/Movies')).stdout.toString()).toMatch(
      /^000081a4 00000005 6553f100 a\.mp4$/m,
    );
    const missing = await on('pull', '/sdcard/none', join(adb.home, 'none'));
    expect(missing.code).not.toBe(0);
    expect(missing.stdout.toString() + missing.stderr).toMatch(/No such file|does not exist/);
  });

  test('runs shell commands', async () => {
    await connectKnown(profile);
    // Only the oldest runs them on a pseudo-terminal.
    const lineEnd = name === 'legacy' ? '\r\n' : '\n';
    expect((await on('shell', 'echo', 'hi')).stdout.toString()).toBe(`hi${lineEnd}`);
  });
});

test('a legacy device gives no exit code and has no exec', async () => {
  await connectKnown(adbdProfiles.legacy);
  expect((await on('shell', 'exit', '3')).code).toBe(0);
  expect((await on('exec-out', 'echo', 'hi')).stderr).toContain('closed');
});

test('reboot reaches the machine with its target, and the device is gone', async () => {
  await connectKnown();
  await on('reboot', 'recovery');
  await expect.poll(() => host.rebootTargets, { timeout: 20_000 }).toEqual(['recovery']);
});

test('what is not offered is refused without harm to the connection', async () => {
  await connectKnown();
  const { stdout, stderr } = await on('root');
  expect(stdout.toString() + stderr).toContain('closed');
  expect((await on('shell', 'echo', 'alive')).stdout.toString()).toBe('alive\n');
});
