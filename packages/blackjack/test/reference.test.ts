import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { referenceFileSchema } from '../src/check/item.ts';
import { score } from '../src/check/score.ts';

const file = new URL('vectors/blackjack.json.gz', import.meta.url);
const { items } = referenceFileSchema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));

/** One program alone has CDPN, and against an ace it disagrees with itself: some of its splits beat the best there is. */
const known = /^M-1D-S17-DOA-DAS-SPL3-CDPN$/;

/** The whole file takes minutes (`blackjack check`); every ninth item and all hole-card rules are a fair sample of it. */
test('reference results come out within their tolerance', () => {
  const sample = (items as { id: string; kind: string }[]).filter(
    ({ kind }, i) => i % 9 === 0 || kind === 'refca',
  );
  const failed = sample.map(score).filter(({ passed, id }) => !passed && !known.test(id));
  expect(sample.length).toBeGreaterThan(100);
  expect(failed).toEqual([]);
}, 120_000);

test('what cannot be read or is unknown has failed', () => {
  expect(score({ nonsense: true }).passed).toBe(false);
  expect(score({ id: 'x', kind: 'poker', rules: {}, expect: {}, tol: 1 })).toMatchObject({ passed: false });
});
