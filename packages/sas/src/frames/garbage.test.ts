import { integerBetween, pick, seededRandom } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import vectors from '../../test/vectors/sas.json' with { type: 'json' };
import { crc16 } from '../codec/crc.ts';
import { fromHex, hexByte } from '../codec/hex.ts';
import { messageByByte } from '../messages/registry.ts';
import { decodeRequest, decodeResponse, requestLength, Splitter, describe as tell } from './index.ts';

const random = seededRandom(20_260_101);
const known = vectors.frames.flatMap(({ request_hex, response_hex }) =>
  [request_hex, response_hex].flatMap((hex) => (hex ? [fromHex(hex)!] : [])),
);
const commands = Array.from({ length: 256 }, (_, code) => code).filter((code) => messageByByte(code));

/** Bytes as chance makes them; most have a command that is known and a good CRC, to get behind the first checks. */
function garbage(): Uint8Array {
  const kind = random.float();
  let bytes: Uint8Array;
  if (kind < 0.4) {
    bytes = Uint8Array.from(pick(random, known));
    for (let n = integerBetween(random, 1, 3); n > 0; n--)
      bytes[integerBetween(random, 0, bytes.length - 1)] = integerBetween(random, 0, 255);
  } else {
    bytes = random.bytes(integerBetween(random, 1, 48));
    bytes[0]! &= 0x7f;
    if (kind < 0.9 && bytes.length > 1) bytes[1] = pick(random, commands);
  }
  if (kind % 0.1 < 0.07 && bytes.length > 4) {
    if (random.float() < 0.5 && bytes.length > 5) bytes[2] = bytes.length - 5;
    const crc = crc16(bytes, 0, bytes.length - 2);
    bytes.set([crc & 0xff, crc >> 8], bytes.length - 2);
  }
  return bytes;
}

test('a million random and mutated buffers are decoded or refused, none throws', () => {
  let understood = 0;
  const splitter = new Splitter({ pending: '72', rte: true });
  for (let run = 0; run < 1_000_000; run++) {
    const bytes = garbage();
    const request = decodeRequest(bytes);
    const response = decodeResponse(bytes, run % 3 === 0 ? 'GP' : hexByte(bytes[1] ?? 0));
    requestLength(bytes);
    if (run % 5 === 0) splitter.push(bytes);
    splitter.clear();
    if (request.ok) understood++;
    if (response.ok) understood++;
    if (run % 50 === 0) {
      if (request.ok) tell(request.value);
      if (response.ok) tell(response.value);
    }
  }
  // Enough of them have to get to the fields, or the test would test nothing.
  expect(understood).toBeGreaterThan(200_000);
});
