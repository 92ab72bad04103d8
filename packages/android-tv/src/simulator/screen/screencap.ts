import { encodePng } from '../../picture/encode-png.ts';
import type { SimulatedTv } from '../tv/simulated-tv.ts';
import { drawScreen, palette } from './draw-screen.ts';

/** `screencap -p`. */
export function screencapPng(tv: SimulatedTv): Uint8Array {
  const { width, height, pixels } = drawScreen(tv);
  return encodePng({ kind: 'indexed', width, height, data: pixels, palette }, 1);
}

/** `screencap`: a header of 12 bytes before Android 9, of 16 (with the colour space) after, then RGBA. */
export function screencapRaw(tv: SimulatedTv): Uint8Array {
  const { width, height, pixels } = drawScreen(tv);
  const header = tv.profile.sdk >= 28 ? 16 : 12;
  const raw = Buffer.alloc(header + width * height * 4, 0xff);
  raw.writeUInt32LE(width, 0);
  raw.writeUInt32LE(height, 4);
  raw.writeUInt32LE(1, 8);
  if (header === 16) raw.writeUInt32LE(1, 12);
  for (const [at, colour] of pixels.entries())
    raw.set(palette.subarray(colour * 3, colour * 3 + 3), header + at * 4);
  return raw;
}
