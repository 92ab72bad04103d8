import { randomBytes } from 'node:crypto';
import { systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ScriptedHost } from '../../test/scripted-host.ts';
import { type AdbdProfile, type AdbdServer, adbdProfiles, startAdbd } from '../simulator/adbd/index.ts';
import { type AdbConnectOptions, type AdbDevice, connectAdb } from './device.ts';
import { generateAdbKey } from './key.ts';

const key = await generateAdbKey();
const otherKey = await generateAdbKey();

let host: ScriptedHost;
let server: AdbdServer;
let device: AdbDevice | undefined;

async function start(profile?: AdbdProfile): Promise<void> {
  host = new ScriptedHost();
  host.known.set(key.publicKey.encoded, key.publicKey);
  server = await startAdbd({ host, clock: systemClock, random: systemRandom, profile });
}

async function connect(options: Partial<AdbConnectOptions> = {}): Promise<AdbDevice> {
  device = await connectAdb({
    host: '127.0.0.1',
    port: server.port,
    keys: [key],
    clock: systemClock,
    ...options,
  });
  return device;
}

afterEach(async () => {
  await device?.close();
  device = undefined;
  await server.stop();
});

describe.each(Object.entries(adbdProfiles))('a device of the profile %s', (_name, profile) => {
  test('says who it is, without a NUL in the last feature', async () => {
    await start(profile);
    const { banner } = await connect();
    expect(banner.model).toBe('Metro TV 55');
    expect([...banner.features]).toEqual(profile.features);
  });

  test('runs commands and tells their exit codes', async () => {
    await start(profile);
    const tv = await connect();
    expect(await tv.shell('echo hello there')).toEqual({ stdout: 'hello there\n', stderr: '', exitCode: 0 });
    expect(await tv.shell('exit 3')).toMatchObject({ exitCode: 3 });
  });

  test('keeps 100 commands at once apart', async () => {
    await start(profile);
    const tv = await connect();
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((n) => tv.shell(`echo ${n}`)));
    expect(answers.map(({ stdout }) => stdout)).toEqual(numbers.map((n) => `${n}\n`));
  });

  test('takes a file and gives it back unchanged, with its mode and time', async () => {
    await start(profile);
    const tv = await connect();
    const content = randomBytes(1_300_000);
    await tv.push('/sdcard/Movies/a.mp4', content, { mode: 0o600, mtime: 1_700_000_000_000 });
    expect(content.equals(await tv.pull('/sdcard/Movies/a.mp4'))).toBe(true);
    expect(await tv.stat('/sdcard/Movies/a.mp4')).toEqual({
      mode: 0o100600,
      size: content.length,
      mtime: 1_700_000_000_000,
    });
    expect(await tv.stat('/sdcard/Movies/b.mp4')).toBeUndefined();
  });

  test('refuses what it cannot do, and says why', async () => {
    await start(profile);
    const tv = await connect();
    await expect(tv.pull('/nowhere')).rejects.toMatchObject({
      code: 'adb.refused',
      message: 'the device refused the file: open failed: No such file or directory',
    });
    await expect(tv.push('/sdcard', randomBytes(200_000))).rejects.toMatchObject({ code: 'adb.refused' });
    expect((await tv.shell('echo still here')).stdout).toBe('still here\n');
  });

  test('takes a request to restart, which ends the connection', async () => {
    await start(profile);
    const tv = await connect();
    await tv.reboot();
    expect(await tv.closed).toMatchObject({ code: 'adb.closed' });
    expect(host.rebootTargets).toEqual(['']);
  });
});

test('shell v2 keeps stderr apart', async () => {
  await start();
  const tv = await connect();
  expect(await tv.shell('complain no such file')).toEqual({
    stdout: 'out\n',
    stderr: 'no such file\n',
    exitCode: 1,
  });
});

test('a command that reads its input meets its end at once', async () => {
  await start();
  const tv = await connect();
  expect(await tv.shell('cat')).toMatchObject({ stdout: '', exitCode: 0 });
});

test('exec gives raw bytes, which a legacy device refuses', async () => {
  await start();
  host.commands.picture = () => ({ stdout: Uint8Array.of(0x0d, 0x0a, 0x0a, 0xff), exitCode: 0 });
  expect(Buffer.from(await (await connect()).exec('picture')).toString('hex')).toBe('0d0a0aff');
  await device?.close();
  await server.stop();

  await start(adbdProfiles.legacy);
  await expect((await connect()).exec('picture')).rejects.toMatchObject({ code: 'adb.refused' });
});

test('a command longer than an old device can take is refused before it is sent', async () => {
  await start(adbdProfiles.legacy);
  const tv = await connect();
  await expect(tv.shell(`echo ${'x'.repeat(5000)}`)).rejects.toMatchObject({ code: 'adb.too_large' });
  await expect(tv.stat('/'.padEnd(2000, 'x'))).rejects.toMatchObject({ code: 'adb.too_large' });
});

test('output beyond the limit ends that command alone', async () => {
  await start();
  const tv = await connect();
  const [flood, flooded, echo] = await Promise.allSettled([
    tv.exec('flood 5000000', { maxBytes: 1_000_000 }),
    tv.exec('flood 5000000'),
    tv.shell('echo fine'),
  ]);
  expect(flood).toMatchObject({ status: 'rejected', reason: { code: 'adb.too_large' } });
  expect(flooded.status === 'fulfilled' && flooded.value.length).toBe(5_000_000);
  expect(echo).toMatchObject({ status: 'fulfilled', value: { stdout: 'fine\n' } });
  await tv.push('/sdcard/film', new Uint8Array(300_000));
  await expect(tv.pull('/sdcard/film', { maxBytes: 100_000 })).rejects.toMatchObject({
    code: 'adb.too_large',
  });
});

test('keys are tried in order, and a known one needs nobody at the screen', async () => {
  await start();
  let pending = 0;
  const tv = await connect({ keys: [otherKey, key], onAuthorisationPending: () => pending++ });
  expect((await tv.shell('echo in')).stdout).toBe('in\n');
  expect(pending).toBe(0);
});

test('an unknown key waits, and says so, until somebody accepts it on the screen', async () => {
  await start();
  const waiting = Promise.withResolvers<void>();
  const connecting = connect({ keys: [otherKey], onAuthorisationPending: waiting.resolve });
  await waiting.promise;
  await expect.poll(() => host.dialogs.length).toBe(1);
  expect(host.dialogs[0]?.key.fingerprint).toBe(otherKey.publicKey.fingerprint);
  expect(server.connections).toMatchObject([{ isAuthorised: false }]);
  host.acceptDialog();
  expect((await (await connecting).shell('echo in')).stdout).toBe('in\n');
});

test('a box without authentication lets everybody in', async () => {
  await start({ ...adbdProfiles.modern, authentication: 'off' });
  expect((await (await connect({ keys: [] })).shell('echo in')).stdout).toBe('in\n');
});

test('closing is no error, and what runs is told', async () => {
  await start();
  const tv = await connect();
  const running = tv.shell('hang');
  running.catch(() => {});
  await expect.poll(() => host.hanging).toBe(1);
  await tv.close();
  await expect(running).rejects.toMatchObject({ code: 'adb.closed' });
  expect(await tv.closed).toBeUndefined();
  await expect(tv.shell('echo late')).rejects.toMatchObject({ code: 'adb.closed' });
  await expect.poll(() => host.abandoned).toBe(1);
});
