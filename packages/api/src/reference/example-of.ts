import type { Json } from '@vakhta/kernel';
import * as z from 'zod';
import { fieldExamples } from './field-examples.ts';

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  const?: Json;
  enum?: Json[];
  default?: Json;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  prefixItems?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
}

const NOW = '2026-01-31T20:00:00.000Z';
const SOME_ID = '019ac0de-1a2b-7c3d-8e4f-000000000020';
/** For fields that a pattern keeps in form. */
const patternedTexts = ['06:00', '00', '492817', '1.0.0', 'wordsOfBase64url'];
const byFormat: Readonly<Record<string, string>> = {
  'date-time': NOW,
  date: '2026-01-31',
  uuid: SOME_ID,
  email: 'anna@metro.example',
  uri: 'https://desk.metro.example',
};

/**
 * A value that fits the schema, made of what fields of such names hold (`field-examples.ts`). Of what a caller gives,
 * all that has to be given; of what comes back, everything.
 */
export function exampleOf(schema: z.ZodType, io: 'input' | 'output', name = ''): Json {
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
  return new Maker(root, io).make(root, name, 0);
}

class Maker {
  readonly #root: Schema;
  readonly #io: 'input' | 'output';

  constructor(root: Schema, io: 'input' | 'output') {
    this.#root = root;
    this.#io = io;
  }

  make(schema: Schema, name: string, depth: number): Json {
    const known = fieldExamples[name];
    if (schema.$ref !== undefined) {
      const target = this.#resolve(schema.$ref);
      // One that contains itself: any JSON value, or a schema within a schema.
      if (depth > 6) return known ?? null;
      return known !== undefined && isAnyJson(target) ? known : this.make(target, name, depth + 1);
    }
    if (known !== undefined && fits(known, schema)) return known;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0]!;
    if (schema.default !== undefined) return schema.default;
    const options = schema.anyOf ?? schema.oneOf;
    if (options) {
      const fitting = known === undefined ? undefined : options.find((option) => fits(known, option));
      if (fitting && !fitting.$ref) return known!;
      return this.make(options.find(({ type }) => type !== 'null') ?? options[0]!, name, depth + 1);
    }
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, name, depth);
      case 'array':
        if (schema.prefixItems) return schema.prefixItems.map((item) => this.make(item, name, depth + 1));
        return schema.items ? [this.make(schema.items, singular(name), depth + 1)] : [];
      case 'string':
        return text(schema, name);
      case 'integer':
      case 'number':
        return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 0;
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return known ?? {};
    }
  }

  #object(schema: Schema, name: string, depth: number): Json {
    const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
    if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object') {
      const key = propertyNames?.enum?.[0] ?? (propertyNames?.format === 'uuid' ? SOME_ID : name || 'name');
      return { [String(key)]: this.make(additionalProperties, '', depth + 1) };
    }
    const given = this.#io === 'output' || required.length === 0 ? Object.keys(properties) : required;
    return Object.fromEntries(given.map((field) => [field, this.make(properties[field]!, field, depth + 1)]));
  }

  #resolve(ref: string): Schema {
    return ref === '#' ? this.#root : (this.#root.$defs?.[ref.replace('#/$defs/', '')] ?? {});
  }
}

/** Of `string or null` the string. */
const typeOf = ({ type }: Schema): string | undefined =>
  [type].flat().find((one) => one !== 'null') ?? [type].flat()[0];

/** `z.json()` is a union of all that JSON has. */
const isAnyJson = ({ anyOf }: Schema): boolean => (anyOf?.length ?? 0) >= 5;

const singular = (name: string): string => (name.endsWith('s') ? name.slice(0, -1) : name);

function text({ format, pattern, minLength = 0 }: Schema, name: string): string {
  const byForm = byFormat[format ?? ''];
  if (byForm !== undefined) return byForm;
  const patterned =
    pattern === undefined ? undefined : patternedTexts.find((one) => new RegExp(pattern, 'u').test(one));
  if (patterned !== undefined) return patterned;
  const word = name === '' ? 'text' : name;
  return word.padEnd(minLength, 'x');
}

/** As much of JSON Schema as keeps a field's usual value out of where it does not belong. */
function fits(value: Json, schema: Schema): boolean {
  if (schema.$ref !== undefined || schema.allOf) return false;
  if (schema.anyOf || schema.oneOf)
    return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some((option) => fits(value, option));
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  if (value === null) return schema.type === undefined || [schema.type].flat().includes('null');
  switch (typeOf(schema)) {
    case 'string':
      return (
        typeof value === 'string' &&
        (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value)) &&
        value.length >= (schema.minLength ?? 0)
      );
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        value >= (schema.minimum ?? -Infinity) &&
        value <= (schema.maximum ?? Infinity) &&
        (typeOf(schema) === 'number' || Number.isInteger(value))
      );
    case 'array':
      return Array.isArray(value) && value.every((item) => fits(item, schema.items ?? {}));
    case 'object':
      return isRecord(value) && fitsObject(value, schema);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return false;
    default:
      return true;
  }
}

const isRecord = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fitsObject(value: { [key: string]: Json }, schema: Schema): boolean {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  return (
    required.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, part]) => {
      if (propertyNames && !fits(name, propertyNames)) return false;
      const inner = properties[name] ?? additionalProperties;
      if (inner === undefined || inner === false) return properties[name] !== undefined;
      return inner === true || inner.$ref !== undefined || fits(part, inner);
    })
  );
}
