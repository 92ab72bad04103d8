import { seededRandom } from '@vakhta/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '../../test/vectors/sas.json' with { type: 'json' };
import { fromHex, toHex } from '../codec/hex.ts';
import { Splitter } from './index.ts';

const answers = vectors.frames.filter(
  ({ response_hex, decoded }) =>
    response_hex && decoded.response && ['data', 'event'].includes(decoded.response.message),
);

function cutUp(bytes: Uint8Array, cuts: readonly number[], options: { pending: string; rte: boolean }) {
  const splitter = new Splitter(options);
  const messages: string[] = [];
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, edge] of edges.slice(1).entries())
    messages.push(...splitter.push(bytes.subarray(edges[index]!, edge)).map((found) => toHex(found)));
  return { messages, rest: toHex(splitter.rest) };
}

test('any split of a stream gives the same messages', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: answers.length - 1 }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: 1000 }), { maxLength: 8 }),
      fc.uint8Array({ maxLength: 6 }),
      (picks, cuts, tail) => {
        const chosen = picks.map((index) => answers[index]!.response_hex!);
        const bytes = fromHex(chosen.join('') + toHex(tail))!;
        const pending = chosen.map((hex) => hex.slice(2, 4)).find((code) => code !== 'FF') ?? 'GP';
        const options = { pending, rte: true };
        expect(cutUp(bytes, cuts, options)).toEqual(cutUp(bytes, [], options));
      },
    ),
    { numRuns: 2000 },
  );
});

test('every answer of the vectors is found whole, with the start of another behind it', () => {
  for (const { response_hex } of answers) {
    const code = response_hex!.slice(2, 4);
    const found = cutUp(fromHex(`${response_hex}01`)!, [], {
      pending: code === 'FF' ? 'GP' : code,
      rte: true,
    });
    expect(found).toEqual({ messages: [response_hex], rest: '01' });
  }
});

test('garbage makes no message and no error, and the splitter gives it back', () => {
  const random = seededRandom(5);
  for (let run = 0; run < 20_000; run++) {
    const bytes = random.bytes(1 + (run % 40));
    const { messages, rest } = cutUp(bytes, [3, 7], { pending: '6F', rte: run % 2 === 0 });
    expect(messages.join('') + rest).toBe(toHex(bytes));
  }
});
