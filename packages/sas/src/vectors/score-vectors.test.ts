import { expect, test } from 'vitest';
import vectors from '../../test/vectors/sas.json' with { type: 'json' };
import { scoreVectors } from './score-vectors.ts';

test('every vector passes', () => {
  const scores = scoreVectors(vectors);
  expect(scores.length).toBeGreaterThan(200);
  expect(scores.filter(({ failure }) => failure !== undefined)).toEqual([]);
});

test('what the form does not know is a failure, never skipped', () => {
  const none = { meta: {}, frames: [], streams: [], algorithms: [], line9: [], scenarios: [] };
  const [algorithm] = scoreVectors({ ...none, algorithms: [{ id: 'a', kind: 'crc32', input: {}, output: {} }] });
  expect(algorithm?.failure).toBeDefined();
  const frame = { ...vectors.frames[0]!, surprise: 1 };
  const sides = scoreVectors({ ...none, frames: [frame] });
  expect(sides.every(({ failure }) => failure !== undefined) && sides.length > 0).toBe(true);
});

test('a wrong field or a wrong byte fails', () => {
  const none = { meta: {}, frames: [], streams: [], algorithms: [], line9: [], scenarios: [] };
  const frame = vectors.frames.find(({ id }) => id === 'co-48')!;
  const wrong = { ...frame, decoded: { ...frame.decoded, response: { ...frame.decoded.response, billCount: 13 } } };
  const scores = scoreVectors({ ...none, frames: [wrong] });
  expect(scores.map(({ failure }) => failure === undefined)).toEqual([true, false]);
});
