import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Duration, milliseconds, seconds } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { type AdbDevice, AdbError } from '../adb/index.ts';
import { pngSize } from '../picture/encode-png.ts';
import { pngOfRawScreencap } from '../picture/raw-screencap.ts';
import { type ActingTv, failed } from './acting-tv.ts';

/** Weak sets take a second or two to encode a PNG; beyond this the raw picture, packed, is tried the next time. */
const slowPng = milliseconds(1200);
const largest = 64 * 1024 * 1024;

type Way = 'png' | 'packed' | 'file';

/** Which way of capturing is quickest at a TV, learnt from what it took; forgotten with the connection. */
const quickest = new WeakMap<AdbDevice, Way>();

/**
 * A picture of the interface plane. Video from HDMI, a tuner or a protected film lies on a plane of its own and is
 * black in every capture, which the outcome says: the wall may show more than the picture.
 */
export async function screenshot(tv: ActingTv): Promise<ActionOutcome> {
  const device = await tv.device();
  const startedAt = tv.clock.monotonic();
  const way = quickest.get(device) ?? 'png';
  const bytes = await capture(device, way, Math.max(1, Math.min(tv.remaining, seconds(25))));
  const took = tv.clock.monotonic() - startedAt;
  if (way === 'png' && took > slowPng) quickest.set(device, 'packed');
  const size = bytes === undefined ? undefined : pngSize(bytes);
  if (!bytes || !size) {
    // A TV without gzip, or a capture that failed: the plain way again the next time.
    quickest.delete(device);
    return failed('tv.no_picture', 'the TV gave no picture; some sets cannot capture while HDMI is shown');
  }
  return {
    state: 'succeeded',
    observed: true,
    message: 'menus and apps only: the video plane cannot be captured',
    evidence: { ...size, layer: 'ui-only', tookMs: Math.round(took), way },
    picture: { contentType: 'image/png', bytes },
  };
}

async function capture(device: AdbDevice, way: Way, deadline: Duration): Promise<Uint8Array | undefined> {
  const options = { deadline, maxBytes: largest };
  try {
    switch (way) {
      case 'png':
        return await device.exec('screencap -p', options);
      case 'packed': {
        const packed = await device.exec('screencap | gzip -1', options);
        return pngOfRawScreencap(await promisify(gunzip)(packed, { maxOutputLength: largest }));
      }
      case 'file':
        return await captureToFile(device, deadline);
    }
  } catch (error) {
    if (way === 'png' && error instanceof AdbError && error.code === 'adb.refused') {
      // Daemons before Android 5 have no exec:, and their shell: spoils binary output.
      quickest.set(device, 'file');
      return captureToFile(device, deadline);
    }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return undefined;
    throw error;
  }
}

async function captureToFile(device: AdbDevice, deadline: Duration): Promise<Uint8Array> {
  const file = '/data/local/tmp/vakhta-screen.png';
  await device.shell(`screencap -p ${file}`, { deadline });
  const bytes = await device.pull(file, { deadline, maxBytes: largest });
  await device.shell(`rm ${file}`, { deadline });
  return bytes;
}
