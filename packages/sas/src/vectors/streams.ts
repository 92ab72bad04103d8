import { z } from 'zod';
import { toHex } from '../codec/hex.ts';
import { Splitter } from '../frames/index.ts';
import { HexBytes } from './hex-schema.ts';
import { idOf, judge, type Score } from './score.ts';

const Stream = z.strictObject({
  id: z.string(),
  origin: z.string(),
  pending: z.string().regex(/^(GP|[0-9A-F]{2})$/),
  rte: z.boolean(),
  hex: HexBytes,
  messages: z.array(z.string()),
  rest: z.string(),
  source: z.unknown(),
  note: z.unknown().optional(),
});

/** Bytes of a port cut into messages: the same whether they come at once or one by one. */
export function scoreStream(item: unknown): Score[] {
  const parsed = Stream.safeParse(item);
  if (!parsed.success) return [{ id: idOf(item), part: 'stream', failure: z.prettifyError(parsed.error) }];
  const stream = parsed.data;
  return [
    judge(stream.id, 'stream', () => {
      for (const size of [Math.max(1, stream.hex.length), 1]) {
        const splitter = new Splitter(stream);
        const messages: string[] = [];
        for (let at = 0; at < stream.hex.length; at += size)
          messages.push(...splitter.push(stream.hex.subarray(at, at + size)).map((bytes) => toHex(bytes)));
        if (messages.join(' ') !== stream.messages.join(' '))
          return `found ${messages.join(' ') || 'nothing'} instead of ${stream.messages.join(' ')}`;
        if (toHex(splitter.rest) !== stream.rest)
          return `left ${toHex(splitter.rest)} instead of ${stream.rest}`;
      }
      return undefined;
    }),
  ];
}
