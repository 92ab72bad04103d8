import * as z from 'zod';
import { readOutput } from './read-output.ts';

/** A file of fixtures: what a command printed, and what a reader must and must not conclude from it. */
export const Fixtures = z.array(
  z.object({
    id: z.string(),
    command: z.string(),
    output: z.string(),
    expect: z.record(z.string(), z.unknown()),
  }),
);
export type Fixtures = z.infer<typeof Fixtures>;

/** An answer that is not the expected one. An unknown is a miss; a wrong answer misleads. */
export interface Miss {
  fixture: string;
  field: string;
  verdict: 'unknown' | 'wrong';
  expected: unknown;
  answer: unknown;
}

export interface Score {
  right: number;
  unknown: number;
  wrong: number;
  misses: Miss[];
}

/** Reads every fixture and scores every expected field: one point each. `null` expects that nothing is answered. */
export function scoreFixtures(fixtures: Fixtures): Score {
  const score: Score = { right: 0, unknown: 0, wrong: 0, misses: [] };
  for (const { id, command, output, expect } of fixtures) {
    const reading = new Map<string, unknown>(Object.entries(readOutput(command, output)));
    for (const [field, expected] of Object.entries(expect)) {
      const answer = reading.get(field) ?? null;
      if (equal(expected, answer)) {
        score.right += 1;
        continue;
      }
      const verdict = answer === null ? 'unknown' : 'wrong';
      score[verdict] += 1;
      score.misses.push({ fixture: id, field, verdict, expected, answer });
    }
  }
  return score;
}

/** Numbers within 1e-9, lists as sets, objects by the expected keys. */
function equal(expected: unknown, answer: unknown): boolean {
  if (typeof expected === 'number' && typeof answer === 'number') return Math.abs(expected - answer) <= 1e-9;
  if (Array.isArray(expected) && Array.isArray(answer))
    return (
      expected.every((item) => answer.some((other) => equal(item, other))) &&
      answer.every((other) => expected.some((item) => equal(item, other)))
    );
  if (isObject(expected) && isObject(answer))
    return Object.keys(expected).every((key) => equal(expected[key], answer[key]));
  return expected === answer;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
