import type * as z from 'zod';
import { HttpProblem } from './http-problem.ts';

/** The part of a request that a schema describes, as Fastify names it. */
export type RequestPart = 'body' | 'querystring' | 'params' | 'headers';

/** The first thing wrong with a request, naming the field and the rule. A path parameter of no possible thing is 404. */
export function fieldProblem(error: z.core.$ZodError, part: RequestPart | undefined): HttpProblem {
  const issue = error.issues[0]!;
  const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
  const field = path.map(String).join('.') || part || 'body';
  const detail = { field, rule: ruleOf(issue) };
  if (part === 'params') return new HttpProblem('not_found', `no such ${field}`, detail);
  return new HttpProblem('invalid_field', `${field}: ${issue.message}`, detail);
}

const SIZES: Readonly<Record<string, string>> = {
  string: 'Length',
  array: 'Items',
  set: 'Items',
  object: 'Properties',
};

/** JSON Schema's word for the rule, where it has one. The schemas report their input, or 'required' could not be told. */
function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : 'type';
    case 'too_small':
      return issue.origin in SIZES ? `min${SIZES[issue.origin]}` : 'minimum';
    case 'too_big':
      return issue.origin in SIZES ? `max${SIZES[issue.origin]}` : 'maximum';
    case 'unrecognized_keys':
      return 'additionalProperties';
    case 'invalid_value':
      return issue.input === undefined ? 'required' : 'enum';
    case 'invalid_format':
      return issue.format;
    default:
      return issue.code;
  }
}
