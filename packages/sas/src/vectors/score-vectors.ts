import { z } from 'zod';
import { scoreAlgorithm } from './algorithms.ts';
import { scoreFrame } from './frames.ts';
import { scoreLine9 } from './line9.ts';
import { scoreScenario } from './scenario.ts';
import type { Score } from './score.ts';
import { scoreStream } from './streams.ts';

const File = z.strictObject({
  meta: z.unknown(),
  frames: z.array(z.unknown()),
  streams: z.array(z.unknown()),
  algorithms: z.array(z.unknown()),
  line9: z.array(z.unknown()),
  scenarios: z.array(z.unknown()),
});

/** Scores a parsed vector file, item by item. Throws a `ZodError` when it is no such file at all. */
export function scoreVectors(content: unknown): Score[] {
  const file = File.parse(content);
  const scores = [
    ...file.frames.flatMap(scoreFrame),
    ...file.streams.flatMap(scoreStream),
    ...file.algorithms.flatMap(scoreAlgorithm),
    ...file.line9.flatMap(scoreLine9),
  ];
  scores.push(...file.scenarios.flatMap(scoreScenario));
  return scores;
}
