import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds, systemClock } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectAdb, generateAdbKey } from '../../adb/index.ts';
import { pngSize } from '../../picture/encode-png.ts';
import { readOutput } from '../../readers/index.ts';
import { type Fleet, startFleet } from './start-fleet.ts';

let fleet: Fleet;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-fleet-'));
});
afterEach(async () => {
  await fleet.stop();
  await rm(folder, { recursive: true });
});

const post = async (url: string, body: object) => {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as unknown };
};
const get = async (url: string) => (await (await fetch(url)).json()) as Record<string, unknown>;
const connect = async (port: number) =>
  connectAdb({
    host: '127.0.0.1',
    port,
    keys: [await generateAdbKey('test')],
    clock: systemClock,
    timeouts: { auth: seconds(2) },
  });

it('lets another process cut and give back the mains over HTTP, and the TV is gone meanwhile', async () => {
  fleet = await startFleet({ count: 1, delays: { boot: 50 } });
  const { relayUrl, cableUrl, port } = fleet.members[0]!;
  const device = await connect(port);
  expect(await post(relayUrl, { on: false })).toEqual({ status: 200, body: { on: false } });
  expect(await device.closed).toMatchObject({ code: 'adb.closed' });
  expect(await get(cableUrl)).toEqual({ carrier: false, plugged: true });
  await expect(connect(port)).rejects.toMatchObject({ code: 'adb.connect_refused' });
  await post(relayUrl, { on: true });
  expect(await get(relayUrl)).toEqual({ on: true });
  expect(fleet.journal.entries().map(({ did, detail }) => [did, detail])).toEqual([
    ['mains', { on: false }],
    ['mains', { on: true }],
  ]);
});

it('writes what it did to a file at once, before it answers', async () => {
  const journalFile = join(folder, 'journal.jsonl');
  fleet = await startFleet({ count: 2, journalFile, delays: { input: 1 } });
  const device = await connect(fleet.members[1]!.port);
  await device.shell('input keyevent 19 20');
  await device.close();
  const lines = (await readFile(journalFile, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { n: 1, tv: 'tv-02', did: 'keyevent', detail: { code: 19, key: 'DPAD_UP' } },
    { n: 2, tv: 'tv-02', did: 'keyevent', detail: { code: 20, key: 'DPAD_DOWN' } },
    { n: 3, tv: 'tv-02', did: 'input' },
  ]);
});

it('takes the runs of `input` one after another', async () => {
  fleet = await startFleet({ count: 1, delays: { input: 100 } });
  const device = await connect(fleet.members[0]!.port);
  const startedAt = systemClock.monotonic();
  await Promise.all([19, 20, 21].map((code) => device.shell(`input keyevent ${code}`)));
  expect(systemClock.monotonic() - startedAt).toBeGreaterThanOrEqual(295);
  await device.close();
});

it('behaves at a shell as a shell does', async () => {
  fleet = await startFleet({ count: 1, profiles: ['sony-9'] });
  const device = await connect(fleet.members[0]!.port);
  expect(await device.shell('false || echo no; true && echo "yes  it is"; exit 3')).toMatchObject({
    stdout: 'no\nyes  it is\n',
    exitCode: 3,
  });
  expect(await device.shell('nonsense 2>&1; echo $?')).toMatchObject({
    stdout: '/system/bin/sh: nonsense: inaccessible or not found\n127\n',
    stderr: '',
  });
  expect((await device.shell("am start -n 'no.app/.Main'")).stdout).toContain('Error type 3');
  await device.push('/sdcard/Movies/clip.mp4', new Uint8Array(1000));
  expect((await device.shell('sha256sum /sdcard/Movies/clip.mp4')).stdout).toBe(
    '541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53  /sdcard/Movies/clip.mp4\n',
  );
  expect(pngSize(await device.exec('screencap -p'))).toEqual({ width: 960, height: 540 });
  await device.close();
});

it('prints a last start that stays after somebody has left it, as Android does', async () => {
  fleet = await startFleet({ count: 1, profiles: ['philips-8'] });
  const device = await connect(fleet.members[0]!.port);
  const read = async (command: string) => readOutput(command, (await device.shell(command)).stdout);
  expect(await read('dumpsys activity starter')).toMatchObject({
    requestedInputId: 'com.mediatek.tvinput/.hdmi.HDMIInputService/HW5',
  });
  fleet.tvs[0]!.tv.setWakefulness('Asleep');
  expect(await read('dumpsys tv_input')).not.toHaveProperty('activeInputId');
  expect(await read('dumpsys power')).toMatchObject({ wakefulness: 'Asleep', screenOn: false });
  await device.close();
});

it('refuses what it does not understand, with a reason', async () => {
  fleet = await startFleet({ count: 1 });
  const { controlUrl } = fleet.members[0]!;
  expect((await post(`${controlUrl}/relay`, { on: 'maybe' })).status).toBe(400);
  expect((await post(`${controlUrl}/nothing`, {})).status).toBe(404);
  expect((await fetch(`${fleet.control.url}/tvs/tv-99`)).status).toBe(404);
});

it('lets somebody press Cancel, and accept the next time', async () => {
  fleet = await startFleet({ count: 1, policy: 'ask' });
  const { controlUrl, port } = fleet.members[0]!;
  const connecting = connect(port);
  const asking = async () => (await get(`${controlUrl}/authorisation`)).asking === true;
  while (!(await asking()));
  expect(await post(`${controlUrl}/authorisation`, { accept: true })).toMatchObject({
    body: { accepted: true },
  });
  const device = await connecting;
  expect((await device.shell('echo in')).stdout).toBe('in\n');
  await device.close();
});
