import { encodePng } from './encode-png.ts';

/** Android's pixel format 1: R, G, B, A, a byte each. */
const rgba8888 = 1;
const bytesPerPixel = 4;

/**
 * The raw output of `screencap` as a PNG: a header of 12 bytes (width, height, format) before Android 9, of 16 after
 * (with a colour space), told apart by the length. `undefined` where it is neither, as when the capture failed.
 */
export function pngOfRawScreencap(raw: Uint8Array): Uint8Array | undefined {
  if (raw.length < 16) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const [width, height, format] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
  const header = raw.length - width * height * bytesPerPixel;
  if ((header !== 12 && header !== 16) || format !== rgba8888 || width === 0) return undefined;
  const data = raw.subarray(header).slice();
  // The alpha of a screen capture is whatever the compositor left there.
  for (let at = 3; at < data.length; at += bytesPerPixel) data[at] = 0xff;
  return encodePng({ kind: 'rgba', width, height, data }, 1);
}
