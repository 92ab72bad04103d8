import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdbError } from './adb-error.ts';
import { encodePublicKey, generateAdbKey, loadOrCreateAdbKey, parseAdbKey, parsePublicKey } from './key.ts';

const key = await generateAdbKey('desk@station');
const token = new Uint8Array(20).map((_, i) => i * 11);

test('a public key that crossed the wire checks what its private half signed, and nothing else', async () => {
  const received = parsePublicKey(encodePublicKey(key.publicKey));
  expect(received.comment).toBe('desk@station');
  expect(received.encoded).toBe(key.publicKey.encoded);
  expect(received.verify(token, key.sign(token))).toBe(true);
  expect(received.verify(token.toReversed(), key.sign(token))).toBe(false);
  expect(received.verify(token, (await generateAdbKey()).sign(token))).toBe(false);
  expect(received.verify(token, new Uint8Array(256))).toBe(false);
});

test('the Montgomery constants in a public key are what a device calculates with', () => {
  const bytes = Buffer.from(key.publicKey.encoded, 'base64');
  const littleEndian = (from: number, length: number) =>
    BigInt(
      `0x${Buffer.from(bytes.subarray(from, from + length))
        .reverse()
        .toString('hex')}`,
    );
  const modulus = littleEndian(8, 256);
  expect(bytes.length).toBe(524);
  expect(bytes.readUInt32LE(0)).toBe(64);
  expect((modulus * BigInt(bytes.readUInt32LE(4)) + 1n) % 2n ** 32n).toBe(0n);
  expect(littleEndian(264, 256)).toBe(2n ** 4096n % modulus);
  expect(bytes.readUInt32LE(520)).toBe(65537);
});

test('a key file is made once, for its owner only, and read ever after', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'adb-key-'));
  try {
    const file = join(directory, 'adbkey');
    const [first, second] = await Promise.all([loadOrCreateAdbKey(file), loadOrCreateAdbKey(file)]);
    const later = await loadOrCreateAdbKey(file);
    expect(second.publicKey.encoded).toBe(first.publicKey.encoded);
    expect(later.publicKey.encoded).toBe(first.publicKey.encoded);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(`${file}.pub`, 'utf8')).toContain(first.publicKey.encoded);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('what is no RSA-2048 key is refused, whatever it is', () => {
  expect(() => parseAdbKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toThrow(AdbError);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(() => parsePublicKey(Buffer.from(bytes).toString('base64'))).toThrow(AdbError);
    }),
  );
});
