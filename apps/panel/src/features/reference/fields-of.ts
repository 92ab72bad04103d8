import type { FieldSchema } from './open-api.ts';

/** One line of a table of fields. */
export interface Field {
  /** Its place in the body: 'items[].at'. */
  path: string;
  type: string;
  required: boolean;
  /** What it is limited to: '1 … 1000', 'en | ru'; '' for no limit. */
  limits: string;
  /** Unless given; undefined where there is none. */
  preset: string | undefined;
  text: string;
}

type Schemas = Readonly<Record<string, FieldSchema>>;
/** Deeper than this a table says less than the example beside it. */
const DEEPEST = 4;

/** The fields of a body, one line each, from the outside in. */
export function fieldsOf(schema: FieldSchema, schemas: Schemas): Field[] {
  return inside(schema, schemas, '', 0);
}

/** A parameter as a line of the same table. */
export function fieldOf(name: string, required: boolean, schema: FieldSchema, schemas: Schemas): Field {
  const target = resolve(schema, schemas);
  return {
    path: name,
    type: typeText(target, schemas),
    required,
    limits: limitsText(target, schemas),
    preset: target.default === undefined ? undefined : JSON.stringify(target.default),
    text: schema.description ?? target.description ?? '',
  };
}

function inside(schema: FieldSchema, schemas: Schemas, path: string, depth: number): Field[] {
  const target = mainOf(schema, schemas);
  if (depth > DEEPEST) return [];
  if (target.items) return inside(target.items, schemas, `${path}[]`, depth + 1);
  return Object.entries(target.properties ?? {}).flatMap(([name, part]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [
      fieldOf(at, target.required?.includes(name) ?? false, part, schemas),
      ...inside(part, schemas, at, depth + 1),
    ];
  });
}

const resolve = (schema: FieldSchema, schemas: Schemas): FieldSchema =>
  schema.$ref === undefined ? schema : (schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {});

/** Of something or null the something. */
function mainOf(schema: FieldSchema, schemas: Schemas): FieldSchema {
  const target = resolve(schema, schemas);
  const options = (target.anyOf ?? target.oneOf)?.filter(({ type }) => type !== 'null');
  return options?.length === 1 ? resolve(options[0]!, schemas) : target;
}

function typeText(schema: FieldSchema, schemas: Schemas): string {
  const target = resolve(schema, schemas);
  const options = target.anyOf ?? target.oneOf;
  if (options) {
    // All that JSON has.
    if (options.length > 4) return 'JSON';
    return [...new Set(options.map((option) => typeText(option, schemas)))].join(' | ');
  }
  if (target.const !== undefined) return JSON.stringify(target.const);
  if (target.items) return `${typeText(target.items, schemas)}[]`;
  if (target.properties === undefined && typeof target.additionalProperties === 'object')
    return `{ …: ${typeText(target.additionalProperties, schemas)} }`;
  const type = [target.type ?? 'JSON'].flat().join(' | ');
  return target.format === undefined ? type : (formats[target.format] ?? `${type} (${target.format})`);
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'UUID',
  'date-time': 'date-time',
  date: 'date',
  email: 'e-mail',
  uri: 'URL',
};

function limitsText(schema: FieldSchema, schemas: Schemas): string {
  const target = mainOf(schema, schemas);
  const values = target.enum ?? (target.items && mainOf(target.items, schemas).enum);
  if (values) return values.map(String).join(' | ');
  const isSafe = (limit: number | undefined) =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  const [low, high, unit] =
    target.maxLength === undefined
      ? [target.minimum, target.maximum, '']
      : [target.minLength, target.maxLength, ' chars'];
  const [lowest, highest] = [isSafe(low) ? low : undefined, isSafe(high) ? high : undefined];
  if (lowest !== undefined && highest !== undefined) return `${lowest} … ${highest}${unit}`;
  if (highest !== undefined) return `≤ ${highest}${unit}`;
  return lowest === undefined ? '' : `≥ ${lowest}${unit}`;
}
