import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adapterLatency, readAdapter } from './adapter.ts';

let sys: string;
beforeEach(async () => {
  sys = await mkdtemp(join(tmpdir(), 'vakhta-sys-'));
});
afterEach(() => rm(sys, { recursive: true }));

async function adapterWith(driver: string, timer?: string) {
  const device = join(sys, 'class/tty/ttyUSB7/device');
  await mkdir(device, { recursive: true });
  await mkdir(join(sys, 'drivers', driver), { recursive: true });
  await symlink(join(sys, 'drivers', driver), join(device, 'driver'));
  if (timer !== undefined) await writeFile(join(device, 'latency_timer'), timer);
  return join(device, 'latency_timer');
}
const port = { path: '/dev/ttyUSB7', ninthBit: 'markSpace', switchTime: 2.5, realTime: false } as const;

test('an FTDI adapter’s latency timer is set to its least and allowed for', async () => {
  const timer = await adapterWith('ftdi_sio', '16\n');
  const adapter = await readAdapter('/dev/ttyUSB7', sys);
  expect(adapter).toEqual({ driver: 'ftdi_sio', latencyTimer: 1, overUsb: true });
  expect(await readFile(timer, 'utf8')).toBe('1');
  expect(adapterLatency(adapter, port)).toBe(4.5);
  expect(adapterLatency({ ...adapter, latencyTimer: 16 }, port)).toBe(19.5);
});

test('an adapter without a timer is allowed for by what is known and what was measured', async () => {
  await adapterWith('cp210x');
  const adapter = await readAdapter('/dev/ttyUSB7', sys);
  expect(adapter).toEqual({ driver: 'cp210x', latencyTimer: undefined, overUsb: true });
  expect(adapterLatency(adapter, port)).toBe(6.5);
  expect(adapterLatency(await readAdapter('/dev/ttyS0', sys), { ...port, switchTime: 0.01 })).toBe(1);
});
