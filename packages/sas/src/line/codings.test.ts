import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BridgeDecoder, BridgeEncoder, encodeParmrk, ParmrkDecoder } from './index.ts';
import { ninthBit, type Parity } from './parity.ts';

const symbols = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 511 }), fc.constantFrom(0x1b, 0x11b, 0xff, 0x1ff, 0, 0x100)),
);
const cuts = fc.array(fc.nat(20), { maxLength: 10 });

/** Reads `bytes` in pieces of the lengths given, the rest at once. */
function inPieces(bytes: Uint8Array, lengths: number[], decoder: { decode(bytes: Uint8Array): number[] }) {
  const found: number[] = [];
  let from = 0;
  for (const length of lengths) {
    found.push(...decoder.decode(bytes.subarray(from, from + length)));
    from += length;
  }
  return [...found, ...decoder.decode(bytes.subarray(from))];
}

test('every symbol survives the PARMRK coding, wherever the stream is cut', () => {
  fc.assert(
    fc.property(symbols, cuts, (sent, lengths) => {
      expect(inPieces(encodeParmrk(sent), lengths, new ParmrkDecoder())).toEqual(sent);
    }),
  );
});

test('every symbol survives the coding of the bridge, wherever the stream is cut', () => {
  fc.assert(
    fc.property(symbols, cuts, (sent, lengths) => {
      expect(inPieces(new BridgeEncoder().encode(sent), lengths, new BridgeDecoder())).toEqual(sent);
    }),
  );
});

test('the coding of the bridge is that of the facts', () => {
  const encoder = new BridgeEncoder();
  const hex = (sent: number[]) => Buffer.from(encoder.encode(sent)).toString('hex');
  expect(hex([0x181])).toBe('1b8081');
  expect(hex([0x101, 0x72, 0x02, 0xff])).toBe('1b80011b007202ff');
  expect(hex([0x01, 0x1b])).toBe('011b001b');
});

test('no garbage stops a decoder: what follows it is read again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), symbols, (garbage, sent) => {
      for (const [decoder, encoded] of [
        [new ParmrkDecoder(), encodeParmrk(sent)],
        [new BridgeDecoder(), new BridgeEncoder().encode(sent)],
      ] as const) {
        decoder.decode(garbage);
        // Two bytes that are plain in either state end whatever escape the garbage left open.
        decoder.decode([0x20, 0x20]);
        expect(decoder.decode(encoded)).toEqual(sent);
      }
    }),
  );
});

test('a reader knows the true ninth bit under every parity it may be set to', () => {
  fc.assert(
    fc.property(fc.constantFrom<Parity>('mark', 'space', 'even', 'odd'), symbols, (parity, sent) => {
      // What a UART and the kernel do: mark the bytes whose ninth bit is not the expected one.
      const marked = sent.map((symbol) => {
        const byte = symbol & 0xff;
        return ninthBit(parity, byte) === symbol >> 8 ? byte : byte | 0x100;
      });
      const decoder = new ParmrkDecoder();
      decoder.expected = parity;
      expect(decoder.decode(encodeParmrk(marked))).toEqual(sent);
    }),
  );
});
