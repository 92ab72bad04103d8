import { access, constants, readFile, readlink, realpath, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Duration } from '@vakhta/kernel';
import type { OpenedPort } from './worker-messages.ts';

/** What the system knows of a serial adapter. */
export interface Adapter {
  /** The driver's name (`ftdi_sio`, `cp210x`, `serial8250`), where the system tells. */
  readonly driver: string | undefined;
  /** Milliseconds bytes may wait inside the adapter before they are handed over; only FTDI's have such a timer. */
  readonly latencyTimer: Duration | undefined;
  readonly overUsb: boolean;
}

/** Reads what `/sys` tells, and sets the latency timer to its least, 1 ms, where we may. `sys` is for tests. */
export async function readAdapter(path: string, sys = '/sys'): Promise<Adapter> {
  const name = basename(await realpath(path).catch(() => path));
  const device = `${sys}/class/tty/${name}/device`;
  const driver = await readlink(`${device}/driver`).then(basename, () => undefined);
  const timer = `${device}/latency_timer`;
  const writable = await access(timer, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (writable) await writeFile(timer, '1');
  const read = Number.parseInt(await readFile(timer, 'utf8').catch(() => ''), 10);
  return {
    driver,
    latencyTimer: Number.isNaN(read) ? undefined : read,
    overUsb: /^tty(USB|ACM)/.test(name),
  };
}

/** A frame of USB full speed: what is asked of an adapter waits for the next one, and so does its answer. */
const usbFrame: Duration = 1;
/** What an adapter over USB whose timer we cannot read may add, by experience with CP210x and CDC-ACM (facts 2.3). */
const unknownTimer: Duration = 3;

/**
 * What to allow beside the times of the protocol. Over USB the change of parity, a transfer there and back, is
 * measured when the port is opened, and is what the adapter and its hub need for one exchange.
 */
export function adapterLatency(adapter: Adapter, port: OpenedPort): Duration {
  if (!adapter.overUsb) return 1;
  return usbFrame + (adapter.latencyTimer ?? unknownTimer) + Math.max(usbFrame, port.switchTime);
}
