import { expect, test } from 'vitest';
import vectors from '../../test/vectors/sas.json' with { type: 'json' };
import {
  chirpSymbol,
  encodeParmrk,
  evenParitySymbols,
  hostSymbols,
  machineSymbols,
  ParmrkDecoder,
  segments,
} from './index.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

test.each(vectors.line9)('the ninth bit of $id is what the vectors say, in every form', (vector) => {
  const bytes = Buffer.from(vector.hex, 'hex');
  const symbols =
    vector.mode === 'evenParity'
      ? evenParitySymbols(bytes)
      : vector.mode === 'chirp'
        ? [...bytes].map(chirpSymbol)
        : vector.direction === 'hostToMachine'
          ? hostSymbols(bytes)
          : machineSymbols(bytes);
  expect(symbols.map((symbol) => [symbol & 0xff, symbol >> 8])).toEqual(vector.symbols);
  expect(hexOf(encodeParmrk(symbols))).toBe(vector.parmrkHex);
  expect(new ParmrkDecoder().decode(Buffer.from(vector.parmrkHex, 'hex'))).toEqual(symbols);
  expect(segments(symbols).map(hexOf)).toEqual(vector.segments);
});
