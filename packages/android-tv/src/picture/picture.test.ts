import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodePng, pngSize } from './encode-png.ts';
import { pngOfRawScreencap } from './raw-screencap.ts';

/** The rows of a PNG without their filter bytes, by a reading of the file format apart from the encoder's. */
function pixelsOf(file: Uint8Array, bytesPerPixel: number): Buffer {
  const bytes = Buffer.from(file);
  const width = bytes.readUInt32BE(16);
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(parts));
  const stride = width * bytesPerPixel;
  return Buffer.concat(
    Array.from({ length: rows.length / (stride + 1) }, (_, y) =>
      rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)),
    ),
  );
}

const size = fc.integer({ min: 1, max: 20 });

it('keeps every pixel of an RGBA picture', () => {
  fc.assert(
    fc.property(size, size, fc.infiniteStream(fc.nat(255)), (width, height, stream) => {
      const data = Uint8Array.from([...stream.take(width * height * 4)]);
      const file = encodePng({ kind: 'rgba', width, height, data });
      expect(pngSize(file)).toEqual({ width, height });
      expect(pixelsOf(file, 4).equals(data)).toBe(true);
    }),
  );
});

it.each([12, 16])('reads a raw capture with a header of %i bytes, and makes it opaque', (header) => {
  const raw = Buffer.alloc(header + 2 * 3 * 4, 7);
  raw.writeUInt32LE(2, 0);
  raw.writeUInt32LE(3, 4);
  raw.writeUInt32LE(1, 8);
  const file = pngOfRawScreencap(raw)!;
  expect(pngSize(file)).toEqual({ width: 2, height: 3 });
  expect([...pixelsOf(file, 4).subarray(0, 4)]).toEqual([7, 7, 7, 255]);
});

it('takes nothing else for a picture', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(pngOfRawScreencap(bytes)).toBeUndefined();
      expect(pngSize(bytes)).toBeUndefined();
    }),
  );
});

it('does not take a PNG that was cut short for a whole one', () => {
  const file = encodePng({
    kind: 'indexed',
    width: 4,
    height: 4,
    data: new Uint8Array(16),
    palette: new Uint8Array(3),
  });
  expect(pngSize(file.subarray(0, file.length - 1))).toBeUndefined();
});
