import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** An opaque RGBA picture as PNG. */
export function encodePng(width: number, height: number, pixelAt: (x: number, y: number) => number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.writeUInt32BE(((pixelAt(x, y) << 8) | 0xff) >>> 0, y * (1 + width * 4) + 1 + x * 4);
    }
  }
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

/** The size of a PNG whose every chunk and pixel is there; throws at the first thing that is not. */
export function checkPng(bytes: Buffer): { width: number; height: number } {
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('not a PNG');
  const data: Buffer[] = [];
  let size = { width: 0, height: 0 };
  for (let offset = 8; offset < bytes.length; ) {
    const length = bytes.readUInt32BE(offset);
    const typed = bytes.subarray(offset + 4, offset + 8 + length);
    const type = typed.toString('latin1', 0, 4);
    if (crc32(typed) !== bytes.readUInt32BE(offset + 8 + length)) throw new Error(`${type} is damaged`);
    if (type === 'IHDR') size = { width: typed.readUInt32BE(4), height: typed.readUInt32BE(8) };
    if (type === 'IDAT') data.push(typed.subarray(4));
    offset += 12 + length;
  }
  const expected = size.height * (1 + size.width * 4);
  const pixels = inflateSync(Buffer.concat(data));
  if (expected === 0 || pixels.length !== expected) throw new Error('pixels are missing');
  return size;
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
