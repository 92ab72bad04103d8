import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { PictureStore } from './picture-store.ts';

let store: TestDatabase;
let fixture: Fixture;
let pictures: PictureStore;
beforeAll(async () => {
  store = await createTestDatabase();
  fixture = await seedOrganisation(store.database);
  pictures = new PictureStore(store.database);
});
afterAll(() => store.drop());

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const keep = (bytes: Uint8Array) => pictures.keep(fixture.organisation, hashOf(bytes), bytes);
const kept = async (bytes: Uint8Array) =>
  Buffer.from((await pictures.find(fixture.organisation, hashOf(bytes))) ?? []);
const SCRIPT = '<script>alert(document.domain)</script>';

test('an uploaded picture is encoded anew: what was hidden before, in and behind it is gone', async () => {
  const drawn = sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } });
  for (const bytes of [
    Buffer.concat([
      await drawn
        .clone()
        .jpeg()
        .withExif({ IFD0: { Copyright: SCRIPT } })
        .toBuffer(),
      Buffer.from(SCRIPT),
    ]),
    Buffer.concat([await drawn.clone().png().toBuffer(), Buffer.from(SCRIPT)]),
    Buffer.concat([await drawn.clone().webp().toBuffer(), Buffer.from(SCRIPT)]),
  ]) {
    expect(bytes.includes(SCRIPT)).toBe(true);
    expect(await keep(bytes)).toMatchObject({ ok: true });
    const stored = await kept(bytes);
    expect(stored.subarray(8, 12).toString()).toBe('WEBP');
    expect(stored.includes('script')).toBe(false);
    expect(await sharp(stored).metadata()).toMatchObject({ width: 40, height: 30, format: 'webp' });
  }
});

test('an upload that is no picture is refused, whatever it calls itself, and nothing is kept', async () => {
  for (const bytes of [
    Buffer.from(`<html>${SCRIPT}</html>`),
    Buffer.from('%PDF-1.7\n1 0 obj\n'),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(SCRIPT)]),
    Buffer.alloc(0),
  ]) {
    expect(await keep(bytes)).toMatchObject({ ok: false });
    expect(await kept(bytes)).toHaveLength(0);
  }
});

test('an upload under another’s hash is refused', async () => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  expect(await pictures.keep(fixture.organisation, 'ab'.repeat(32), bytes)).toMatchObject({ ok: false });
});

test('an upload that would unfold to gigabytes is refused before it is unfolded', async () => {
  const before = process.memoryUsage().rss;
  expect(await keep(bombOf(30_000))).toMatchObject({ ok: false });
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
});

/** A PNG whose header promises side × side pixels, from a few kilobytes (PNG 3rd ed., §5 and §11). */
function bombOf(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
