import { isDeepStrictEqual } from 'node:util';
import type { Result } from '@vakhta/kernel';
import { z } from 'zod';
import { toHex } from '../codec/hex.ts';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  type Malformed,
  pendingOf,
  type Request,
  type Response,
} from '../frames/index.ts';
import { HexBytes } from './hex-schema.ts';
import { idOf, judge, type Score } from './score.ts';

const Decoded = z.record(z.string(), z.unknown()).nullable();
const Frame = z.strictObject({
  id: z.string(),
  origin: z.string(),
  name: z.string(),
  request_hex: HexBytes.nullable(),
  response_hex: HexBytes.nullable(),
  decoded: z.strictObject({ request: Decoded, response: Decoded }),
  source: z.unknown(),
  verified: z.unknown(),
  note: z.unknown().optional(),
});

/** A message both ways; one point for each side that is there. */
export function scoreFrame(item: unknown): Score[] {
  const sides = (['request_hex', 'response_hex'] as const).filter((side) => hasSide(item, side));
  const parsed = Frame.safeParse(item);
  if (!parsed.success)
    return sides.map((side) => ({ id: idOf(item), part: side, failure: z.prettifyError(parsed.error) }));
  const { id, request_hex: request, response_hex: response, decoded } = parsed.data;
  return sides.map((side) =>
    judge(id, side, () => {
      if (side === 'request_hex')
        return compare(request!, decodeRequest(request!), decoded.request, encodeRequest);
      const asked = request ? decodeRequest(request) : undefined;
      const pending = asked?.ok ? pendingOf(asked.value) : undefined;
      return compare(response!, decodeResponse(response!, pending), decoded.response, encodeResponse);
    }),
  );
}

const hasSide = (item: unknown, side: string): boolean =>
  typeof item === 'object' && item !== null && (item as Record<string, unknown>)[side] != null;

function compare<T extends Request | Response>(
  bytes: Uint8Array,
  got: Result<T, Malformed>,
  expected: Record<string, unknown> | null,
  encode: (value: T) => Uint8Array,
): string | undefined {
  if (expected === null) return 'the file has bytes and no fields';
  if (!got.ok) return got.error.problem;
  if (!isDeepStrictEqual(got.value, expected))
    return `decoded ${JSON.stringify(got.value)} instead of ${JSON.stringify(expected)}`;
  if (expected['crcOk'] === false) return undefined;
  // The fields were just found equal to what our own decoder made.
  const again = toHex(encode(expected as unknown as T));
  return again === toHex(bytes) ? undefined : `encoded ${again} instead of ${toHex(bytes)}`;
}
