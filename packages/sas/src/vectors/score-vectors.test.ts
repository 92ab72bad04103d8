import { expect, test } from 'vitest';
import vectors from '../../test/vectors/sas.json' with { type: 'json' };
import { scoreVectors } from './score-vectors.ts';

test('every vector passes', async () => {
  const scores = await scoreVectors(vectors);
  expect(scores.length).toBeGreaterThan(200);
  expect(scores.filter(({ failure }) => failure !== undefined)).toEqual([]);
});

test('what the form does not know is a failure, never skipped', async () => {
  const none = { meta: {}, frames: [], streams: [], algorithms: [], line9: [], scenarios: [] };
  const [algorithm] = await scoreVectors({ ...none, algorithms: [{ id: 'a', kind: 'crc32', input: {}, output: {} }] });
  expect(algorithm?.failure).toBeDefined();
  const frame = { ...vectors.frames[0]!, surprise: 1 };
  const sides = await scoreVectors({ ...none, frames: [frame] });
  expect(sides.every(({ failure }) => failure !== undefined) && sides.length > 0).toBe(true);
});

test('a wrong field or a wrong byte fails', async () => {
  const none = { meta: {}, frames: [], streams: [], algorithms: [], line9: [], scenarios: [] };
  const frame = vectors.frames.find(({ id }) => id === 'co-48')!;
  const wrong = { ...frame, decoded: { ...frame.decoded, response: { ...frame.decoded.response, billCount: 13 } } };
  const scores = await scoreVectors({ ...none, frames: [wrong] });
  expect(scores.map(({ failure }) => failure === undefined)).toEqual([true, false]);
});
