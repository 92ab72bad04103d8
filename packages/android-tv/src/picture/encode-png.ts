import { crc32, deflateSync } from 'node:zlib';

/** PNG colour types (PNG 1.2 §4.1.1). */
const colourTypes = { indexed: 3, rgba: 6 } as const;

export type PngPixels =
  | { kind: 'rgba'; width: number; height: number; data: Uint8Array }
  /** One byte a pixel, an index into `palette` of at most 256 RGB triples. */
  | { kind: 'indexed'; width: number; height: number; data: Uint8Array; palette: Uint8Array };

/** A PNG file of 8 bits a channel. `level` is zlib's: 1 is quick, 9 small. */
export function encodePng(pixels: PngPixels, level = 6): Uint8Array {
  const { kind, width, height, data } = pixels;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourTypes[kind]], 8);
  const stride = width * (kind === 'rgba' ? 4 : 1);
  // Every row begins with its filter type; 0 (none) is best for drawn interfaces and cheapest.
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(pixels.kind === 'indexed' ? [chunk('PLTE', pixels.palette)] : []),
    chunk('IDAT', deflateSync(rows, { level })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

export interface PngSize {
  width: number;
  height: number;
}

/** Width and height of a PNG that is whole; `undefined` for anything else. */
export function pngSize(file: Uint8Array): PngSize | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const isPng =
    bytes.length > 45 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.toString('latin1', 12, 16) === 'IHDR';
  if (!isPng || bytes.toString('latin1', bytes.length - 8, bytes.length - 4) !== 'IEND') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
