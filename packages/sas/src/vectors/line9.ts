import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { fromHex, toHex } from '../codec/hex.ts';
import {
  chirpSymbol,
  encodeParmrk,
  evenParitySymbols,
  hostSymbols,
  type LineSymbol,
  machineSymbols,
  ParmrkDecoder,
  segments,
} from '../line/index.ts';
import { HexBytes } from './hex-schema.ts';
import { idOf, judge, type Score } from './score.ts';

const Line9 = z.strictObject({
  id: z.string(),
  origin: z.string(),
  direction: z.enum(['hostToMachine', 'machineToHost']),
  mode: z.enum(['sas', 'chirp', 'evenParity']),
  hex: HexBytes,
  symbols: z.array(z.tuple([z.int().min(0).max(255), z.int().min(0).max(1)])),
  parmrkHex: z.string(),
  segments: z.array(z.string()),
  source: z.unknown().optional(),
  note: z.unknown().optional(),
});

function symbolsOf({ mode, direction, hex }: z.infer<typeof Line9>): LineSymbol[] {
  if (mode === 'evenParity') return evenParitySymbols(hex);
  if (mode === 'chirp') return Array.from(hex, chirpSymbol);
  return direction === 'hostToMachine' ? hostSymbols(hex) : machineSymbols(hex);
}

const pairs = (symbols: readonly LineSymbol[]) => symbols.map((symbol) => [symbol & 0xff, symbol >> 8]);

/** The ninth bit in all its forms: four ways that must agree. */
export function scoreLine9(item: unknown): Score[] {
  const parsed = Line9.safeParse(item);
  if (!parsed.success) return [{ id: idOf(item), part: 'line9', failure: z.prettifyError(parsed.error) }];
  const vector = parsed.data;
  return [
    judge(vector.id, 'line9', () => {
      if (!isDeepStrictEqual(pairs(symbolsOf(vector)), vector.symbols)) return 'the symbols differ';
      const symbols = vector.symbols.map(([byte, ninth]) => byte | (ninth << 8));
      if (toHex(encodeParmrk(symbols)) !== vector.parmrkHex) return 'the PARMRK coding differs';
      const read = new ParmrkDecoder().decode(fromHex(vector.parmrkHex) ?? []);
      if (!isDeepStrictEqual(pairs(read), vector.symbols)) return 'the PARMRK bytes read differ';
      const cut = segments(symbols).map((segment) => toHex(segment));
      return isDeepStrictEqual(cut, vector.segments) ? undefined : `the segments are ${cut.join(' ')}`;
    }),
  ];
}
