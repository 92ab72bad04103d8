import { err, ok, type Result } from '@vakhta/kernel';
import * as z from 'zod';
import { Localized } from './localized.ts';

/** How a value should strike the eye; always shown beside a word or a shape, never by colour alone. */
export const Tone = z.enum(['good', 'neutral', 'attention', 'bad']);
export type Tone = z.infer<typeof Tone>;

/** One admitted value of a string, with the words for it. */
export const Choice = z.strictObject({ const: z.string(), title: Localized, tone: Tone.optional() });
export type Choice = z.infer<typeof Choice>;

/**
 * The part of JSON Schema that WoT calls a DataSchema (TD 1.1 §5.3.2), with a few words of ours that let a form or a
 * widget be drawn without knowing the kind of thing.
 */
export interface DataSchema {
  type: 'boolean' | 'integer' | 'number' | 'string' | 'object' | 'array';
  title?: Localized | undefined;
  description?: Localized | undefined;
  /** As shown behind the figure: '%', '°C', 'kB'. */
  unit?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  pattern?: string | undefined;
  /** The admitted values of a string (WoT: `oneOf` of `const`). */
  choices?: Choice[] | undefined;
  items?: DataSchema | undefined;
  properties?: Record<string, DataSchema> | undefined;
  required?: string[] | undefined;
  default?: unknown;
  /** A property of the thing whose value lists what may be chosen: strings, or `{ value, label }`. */
  optionsFrom?: string | undefined;
  /** A property of the thing that holds the largest admitted number, where machines differ in it. */
  maximumFrom?: string | undefined;
  /** How a widget should draw it where the type alone does not say. */
  display?: 'duration' | 'bytes' | 'instant' | 'percent' | 'secret' | undefined;
}

export const DataSchema: z.ZodType<DataSchema> = z.lazy(() =>
  z.strictObject({
    type: z.enum(['boolean', 'integer', 'number', 'string', 'object', 'array']),
    title: Localized.optional(),
    description: Localized.optional(),
    unit: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.int().nonnegative().optional(),
    maxLength: z.int().nonnegative().optional(),
    pattern: z.string().optional(),
    choices: z.array(Choice).min(1).optional(),
    items: DataSchema.optional(),
    properties: z.record(z.string(), DataSchema).optional(),
    required: z.array(z.string()).optional(),
    default: z.unknown().optional(),
    optionsFrom: z.string().optional(),
    maximumFrom: z.string().optional(),
    display: z.enum(['duration', 'bytes', 'instant', 'percent', 'secret']).optional(),
  }),
);

/** Where a value breaks its schema. `field` is a dotted path ('relay.line'), '' for the value itself. */
export interface SchemaViolation {
  field: string;
  /** The JSON Schema keyword that was broken: 'type', 'required', 'maximum', 'enum', … */
  rule: string;
  /** What the rule asks for, where it has a figure or a list: 100, 'integer', ['a', 'b']. */
  expected?: unknown;
  message: string;
}

const violation = (field: string, rule: string, expected: unknown, message: string) =>
  err<SchemaViolation>({ field, rule, expected, message: field === '' ? message : `${field}: ${message}` });

const within = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/**
 * Checks a value against a DataSchema and returns it with defaults filled in. Unknown members of an object are an error:
 * a misspelt field must not be lost in silence. Never throws.
 */
export function parseValue(schema: DataSchema, value: unknown, path = ''): Result<unknown, SchemaViolation> {
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean'
        ? ok(value)
        : violation(path, 'type', 'boolean', 'must be true or false');
    case 'integer':
    case 'number':
      return parseNumber(schema, value, path);
    case 'string':
      return parseString(schema, value, path);
    case 'array':
      return parseArray(schema, value, path);
    case 'object':
      return parseObject(schema, value, path);
  }
}

function parseNumber(schema: DataSchema, value: unknown, path: string): Result<unknown, SchemaViolation> {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return violation(path, 'type', schema.type, 'must be a number');
  if (schema.type === 'integer' && !Number.isSafeInteger(value))
    return violation(path, 'type', 'integer', 'must be a whole number');
  if (schema.minimum !== undefined && value < schema.minimum)
    return violation(path, 'minimum', schema.minimum, `must be at least ${schema.minimum}`);
  if (schema.maximum !== undefined && value > schema.maximum)
    return violation(path, 'maximum', schema.maximum, `must be at most ${schema.maximum}`);
  return ok(value);
}

function parseString(schema: DataSchema, value: unknown, path: string): Result<unknown, SchemaViolation> {
  if (typeof value !== 'string') return violation(path, 'type', 'string', 'must be a text');
  if (schema.minLength !== undefined && value.length < schema.minLength)
    return violation(
      path,
      'minLength',
      schema.minLength,
      `must have at least ${schema.minLength} characters`,
    );
  if (schema.maxLength !== undefined && value.length > schema.maxLength)
    return violation(path, 'maxLength', schema.maxLength, `must have at most ${schema.maxLength} characters`);
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
    return violation(path, 'pattern', schema.pattern, `must match ${schema.pattern}`);
  const choices = schema.choices?.map((choice) => choice.const);
  if (choices && !choices.includes(value))
    return violation(path, 'enum', choices, `must be one of ${choices.join(', ')}`);
  return ok(value);
}

function parseArray(schema: DataSchema, value: unknown, path: string): Result<unknown, SchemaViolation> {
  if (!Array.isArray(value)) return violation(path, 'type', 'array', 'must be a list');
  if (!schema.items) return ok(value);
  const items: unknown[] = [];
  for (const [index, item] of value.entries()) {
    const parsed = parseValue(schema.items, item, within(path, String(index)));
    if (!parsed.ok) return parsed;
    items.push(parsed.value);
  }
  return ok(items);
}

function parseObject(schema: DataSchema, value: unknown, path: string): Result<unknown, SchemaViolation> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return violation(path, 'type', 'object', 'must be an object');
  const members = schema.properties ?? {};
  const given = new Map(Object.entries(value));
  for (const name of given.keys()) {
    if (!Object.hasOwn(members, name))
      return violation(
        within(path, name),
        'additionalProperties',
        Object.keys(members),
        'is not a known field',
      );
  }
  const parsed: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    const raw = given.get(name) ?? member.default;
    if (raw === undefined) {
      if (schema.required?.includes(name))
        return violation(within(path, name), 'required', true, 'is required');
      continue;
    }
    const result = parseValue(member, raw, within(path, name));
    if (!result.ok) return result;
    parsed[name] = result.value;
  }
  return ok(parsed);
}
