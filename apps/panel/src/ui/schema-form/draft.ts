import { type DataSchema, parseValue, type SchemaViolation } from '@vakhta/things';

/** What a form holds while it is being filled in: numbers may still be text, nothing may be complete. */
export type Draft = { [field: string]: DraftValue };
export type DraftValue = string | number | boolean | null | Draft | DraftValue[] | undefined;

export type CheckedDraft =
  | { ok: true; value: Record<string, unknown> }
  /** By dotted path, the first broken rule of each field. */
  | { ok: false; violations: ReadonlyMap<string, SchemaViolation> };

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a form starts with: the value given, else the schema's default, else empty. */
export function draftOf(schema: DataSchema, value: unknown = schema.default): Draft {
  const given = isDraft(value) ? value : {};
  const draft: Draft = {};
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    draft[name] = draftValueOf(member, given[name]);
  return draft;
}

function draftValueOf(schema: DataSchema, given: DraftValue): DraftValue {
  const value = given ?? toDraft(schema.default);
  switch (schema.type) {
    case 'object':
      return draftOf(schema, value);
    case 'array':
      return Array.isArray(value) ? value : [];
    case 'boolean':
      return typeof value === 'boolean' ? value : false;
    default:
      return value ?? '';
  }
}

function toDraft(value: unknown): DraftValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toDraft);
  if (isDraft(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toDraft(each)]));
  return undefined;
}

/** What stands in a form as a plain value: an empty field is an absent one, a figure's text is the figure. */
function plainValue(schema: DataSchema, draft: DraftValue): unknown {
  switch (schema.type) {
    case 'object': {
      const members: Record<string, unknown> = {};
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const value = plainValue(member, isDraft(draft) ? draft[name] : undefined);
        if (value !== undefined) members[name] = value;
      }
      return members;
    }
    case 'array':
      return Array.isArray(draft)
        ? draft
            .map((item) => (schema.items ? plainValue(schema.items, item) : item))
            .filter((item) => item !== undefined)
        : [];
    case 'integer':
    case 'number':
      return draft === '' || draft === undefined || draft === null ? undefined : toNumber(draft);
    case 'string':
      return draft === '' || draft === undefined || draft === null ? undefined : String(draft);
    case 'boolean':
      return draft === true;
  }
}

/** People write decimals with a comma as well; what is no number stays text, for the schema to refuse. */
function toNumber(draft: DraftValue): unknown {
  if (typeof draft === 'number') return draft;
  const number = Number(String(draft).replace(',', '.').replace(/\s/g, ''));
  return Number.isNaN(number) ? draft : number;
}

/** Checks a whole form, every field on its own, so that all that is wrong is said at once. */
export function checkDraft(schema: DataSchema, draft: Draft): CheckedDraft {
  const violations = new Map<string, SchemaViolation>();
  const members = checkMembers(schema, draft, '', violations);
  return violations.size > 0 ? { ok: false, violations } : { ok: true, value: members };
}

function checkMembers(
  schema: DataSchema,
  draft: Draft,
  path: string,
  violations: Map<string, SchemaViolation>,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    const filled = draft[name];
    if (member.type === 'object') {
      value[name] = checkMembers(member, isDraft(filled) ? filled : {}, at, violations);
      continue;
    }
    const plain = plainValue(member, filled) ?? member.default;
    if (plain === undefined) {
      if (schema.required?.includes(name))
        violations.set(at, { field: at, rule: 'required', expected: true, message: 'is required' });
      continue;
    }
    const parsed = parseValue(member, plain, at);
    if (parsed.ok) value[name] = parsed.value;
    // A list's item is wrong in its list: the form shows one line for both.
    else violations.set(at, parsed.error);
  }
  return value;
}
