import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import type { Field, Fields, Form } from '../src/codec/field.ts';
import type { Layout } from '../src/codec/layout.ts';
import type { AnyBody } from '../src/codec/message.ts';
import { messageNames, messages } from '../src/messages/index.ts';
import { meters } from '../src/tables/index.ts';

const most = (base: number, bytes: number) => Math.min(base ** bytes - 1, Number.MAX_SAFE_INTEGER);
const digits = (bytes: number) => fc.stringMatching(new RegExp(`^[0-9]{${2 * bytes}}$`));
const hex = (least: number, longest: number) =>
  fc
    .uint8Array({ minLength: least, maxLength: longest })
    .map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());
const latin = (least: number, longest: number) =>
  fc
    .uint8Array({ minLength: least, maxLength: longest })
    .map((bytes) => Buffer.from(bytes).toString('latin1'));

/** A value that a field of this form can hold. */
function value(g: GeneratorValue, form: Form, all: Fields): unknown {
  const integer = (max: number) => g(fc.nat, { max });
  switch (form.kind) {
    case 'integer':
      if (form.coding === 'byte') return integer(255);
      return g(() =>
        fc.maxSafeNat().map((n) => n % (most(form.coding === 'bcd' ? 100 : 256, form.bytes) + 1)),
      );
    case 'bits':
      return form.mask === 0x80 ? g(fc.boolean) : integer(127);
    case 'boolean':
      return g(fc.boolean);
    case 'digits': {
      const bytes = form.bytes === 'rest' ? integer(16) : form.bytes;
      return g(digits, bytes);
    }
    case 'hex':
    case 'text': {
      const make = form.kind === 'hex' ? hex : latin;
      return typeof form.bytes === 'number' ? g(make, form.bytes, form.bytes) : g(make, 0, 10);
    }
    case 'percent':
      return g(() => fc.oneof(fc.stringMatching(/^\d\d\.\d\d$/), fc.stringMatching(/^[ -~]{3}[ -/:-~]$/)));
    case 'sized': {
      const bytes = integer(form.coding === 'bcd' ? 9 : 6);
      const base = form.coding === 'bcd' ? 100 : 256;
      return { bytes, value: bytes === 0 ? null : g(fc.maxSafeNat) % (most(base, bytes) + 1) };
    }
    case 'list':
      return Array.from({ length: integer(3) }, () => fields(g, form.item));
    case 'values':
      return Array.from({ length: integer(5) }, () => value(g, form.item, {}));
    case 'meterCodes':
      return Array.from({ length: integer(5) }, () =>
        integer(256 ** form.bytes - 1)
          .toString(16)
          .toUpperCase()
          .padStart(4, '0'),
      );
    case 'meters':
      return Array.from({ length: integer(5) }, () => {
        const known = [...meters.values()];
        const meter = known[integer(known.length - 1)]!;
        const bytes = form.bytes === 1 ? meter.bytes : integer(9);
        const read = bytes === 0 ? null : g(fc.maxSafeNat) % (most(100, bytes) + 1);
        return { code: meter.code, value: read, bytes };
      });
    case 'conditional':
      return form.isThere(all) ? value(g, form.form, all) : undefined;
    case 'nested':
    case 'derived':
      return undefined;
  }
}

/** Fields of a layout: as many blocks of it as chance takes. */
export function fields(g: GeneratorValue, layout: Layout<object>): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const last = g(fc.nat, { max: layout.blocks.length - 1 });
  for (const block of layout.blocks.slice(0, last + 1))
    for (const [name, field] of block) {
      const made = value(g, field.form, record);
      if (made !== undefined) record[name] = made;
    }
  return record;
}

/** Fields of one side of a message; those of the preamble hold another message. */
export function bodyFields(
  g: GeneratorValue,
  body: AnyBody,
  side: 'request' | 'response',
): Record<string, unknown> {
  if (body.kind === 'ack') return {};
  if (body.kind === 'raw') return { raw: g(hex, 0, 20) };
  if (!body.layout.blocks.flat().some(([, field]: readonly [string, Field<unknown>]) => isNested(field.form)))
    return fields(g, body.layout);
  const inner = messageNames.filter((name) => name !== 'multiDenom' && messages[name][side].kind === 'data');
  const name = inner[g(fc.nat, { max: inner.length - 1 })]!;
  const base = bodyFields(g, messages[name][side] as AnyBody, side);
  return { denomCode: g(fc.nat, { max: 255 }), baseCommand: messages[name].code, base };
}

const isNested = (form: Form): boolean =>
  form.kind === 'nested' || (form.kind === 'conditional' && isNested(form.form));
