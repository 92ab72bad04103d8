import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { crc16 } from '../codec/crc.ts';
import { hexByte } from '../codec/hex.ts';
import { Reader } from '../codec/reader.ts';
import { secureEnhancedNumber } from '../codec/secure-enhanced-number.ts';
import { standardNumber } from '../codec/standard-number.ts';
import { HexBytes } from './hex-schema.ts';
import { idOf, judge, type Score } from './score.ts';

const about = { id: z.string(), origin: z.string(), source: z.unknown(), verified: z.unknown() };
const hexNumber = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9A-F]{${digits}}$`))
    .transform((text) => Number.parseInt(text, 16));
const output = z.record(z.string(), z.unknown());

const Algorithm = z.discriminatedUnion('kind', [
  z.strictObject({
    ...about,
    kind: z.literal('crc16'),
    input: z.strictObject({ hex: HexBytes, seed: hexNumber(4) }),
    output,
    note: z.unknown().optional(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('littleEndian'),
    input: z.strictObject({ hex: HexBytes }),
    output,
    note: z.unknown().optional(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('secureEnhancedNumber'),
    input: z.strictObject({ machineId: hexNumber(6), sequence: z.int().min(0).max(0xffffff) }),
    output,
    note: z.unknown().optional(),
  }),
  z.strictObject({
    ...about,
    kind: z.literal('standardNumber'),
    input: z.strictObject({ amountCents: z.int().min(0), time: z.string().regex(/^\d{6}$/) }),
    output,
    note: z.unknown().optional(),
  }),
]);

function compute(algorithm: z.infer<typeof Algorithm>): Record<string, unknown> {
  switch (algorithm.kind) {
    case 'crc16': {
      const { hex, seed } = algorithm.input;
      const crc = crc16(hex, 0, hex.length, seed);
      const [low, high] = [hexByte(crc), hexByte(crc >> 8)];
      return { value: high + low, wire: low + high };
    }
    case 'littleEndian': {
      const { hex } = algorithm.input;
      return { value: new Reader(hex, 0, hex.length).littleEndian(hex.length) };
    }
    case 'secureEnhancedNumber':
      return { barcode: secureEnhancedNumber(algorithm.input.machineId, algorithm.input.sequence) };
    case 'standardNumber':
      return { number: standardNumber(algorithm.input.amountCents, algorithm.input.time) };
  }
}

export function scoreAlgorithm(item: unknown): Score[] {
  const parsed = Algorithm.safeParse(item);
  if (!parsed.success) return [{ id: idOf(item), part: 'algorithm', failure: z.prettifyError(parsed.error) }];
  return [
    judge(parsed.data.id, 'algorithm', () => {
      const got = compute(parsed.data);
      return isDeepStrictEqual(got, parsed.data.output)
        ? undefined
        : `computed ${JSON.stringify(got)} instead of ${JSON.stringify(parsed.data.output)}`;
    }),
  ];
}
