import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdbError } from './adb-error.ts';
import {
  type AdbCommand,
  type AdbPacket,
  adbCommandCodes,
  adbPacket,
  encodePacket,
  PacketDecoder,
} from './packet.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const packets = fc.record({
  command: fc.constantFrom(...(Object.keys(adbCommandCodes) as AdbCommand[])),
  arg0: u32,
  arg1: u32,
  payload: fc.uint8Array({ maxLength: 300 }),
});
const plain = (packet: AdbPacket) => ({ ...packet, payload: Buffer.from(packet.payload).toString('hex') });

function decodeInPieces(bytes: Uint8Array, cuts: number[], largest = 1024): AdbPacket[] {
  const decoder = new PacketDecoder(largest);
  decoder.dataCheck = 'sum';
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).flatMap((edge, i) => [...decoder.push(bytes.subarray(edges[i], edge))]);
}

test('packets survive the wire however it cuts them', () => {
  fc.assert(
    fc.property(fc.array(packets, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map((packet) => encodePacket(packet, true)));
      expect(decodeInPieces(bytes, cuts).map(plain)).toEqual(sent.map(plain));
    }),
  );
});

test('garbage is refused with adb.protocol, or waits for more; it never throws anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 5 }), (garbage, cuts) => {
      try {
        expect(decodeInPieces(garbage, cuts)).toEqual([]);
        expect(garbage.length).toBeLessThan(24);
      } catch (error) {
        expect(error).toBeInstanceOf(AdbError);
        expect(error).toHaveProperty('code', 'adb.protocol');
      }
    }),
  );
});

test('a header of a CNXN is laid out as AOSP lays it out', () => {
  const bytes = encodePacket(adbPacket('CNXN', 0x01000000, 4096, Buffer.from('host::')), true);
  expect(Buffer.from(bytes).toString('hex')).toBe(
    `434e584e${'00000001'}00100000${'06000000'}${'32020000'}bcb1a7b1${Buffer.from('host::').toString('hex')}`,
  );
});

test('a damaged payload is noticed exactly while sums are agreed', () => {
  const bytes = encodePacket(adbPacket('WRTE', 1, 2, Buffer.from('abc')), true);
  bytes[24]! ^= 0x40;
  for (const [dataCheck, isNoticed] of [
    ['sum', true],
    ['sum_or_zero', true],
    ['ignored', false],
  ] as const) {
    const decoder = new PacketDecoder(1024);
    decoder.dataCheck = dataCheck;
    const decode = () => [...decoder.push(bytes)];
    if (isNoticed) expect(decode).toThrow(AdbError);
    else expect(decode()).toHaveLength(1);
  }
});

test('a missing sum is accepted until versions are agreed, and not after for an old device', () => {
  const bytes = encodePacket(adbPacket('AUTH', 1, 0, new Uint8Array(20).fill(7)), false);
  const decoder = new PacketDecoder(1024);
  expect([...decoder.push(bytes)]).toHaveLength(1);
  decoder.dataCheck = 'sum';
  expect(() => [...decoder.push(bytes)]).toThrow('its sum is wrong');
});

test('a length beyond the agreed payload is refused before its bytes are awaited', () => {
  const bytes = encodePacket(adbPacket('WRTE', 1, 2, new Uint8Array(2000)), true);
  expect(() => [...new PacketDecoder(1999).push(bytes.subarray(0, 24))]).toThrow('larger than agreed');
});

test('an unknown command with a valid header is skipped, as adbd skips it', () => {
  const unknown = Buffer.from(encodePacket(adbPacket('OKAY', 1, 2), true));
  unknown.writeUInt32LE(0x434e5953, 0);
  unknown.writeInt32LE(0x434e5953 ^ -1, 20);
  const bytes = Buffer.concat([unknown, encodePacket(adbPacket('CLSE', 1, 2), true)]);
  expect([...new PacketDecoder(1024).push(bytes)].map(({ command }) => command)).toEqual(['CLSE']);
});
