import type { Field, Form } from '../codec/field.ts';
import type { AnyBody } from '../codec/message.ts';
import { type Cents, formatCents } from '../codec/money.ts';
import { messageByCode } from '../messages/registry.ts';
import { eventData, hasEventData } from '../tables/events.ts';
import { exceptions } from '../tables/exceptions.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

/** A message as a line of a log: names, values with their units, and what codes mean. */
export function describe(message: Request | Response): string {
  switch (message.message) {
    case 'generalPoll':
      return message.address === 0
        ? 'general poll to address 0 (synchronise)'
        : `general poll to ${message.address}`;
    case 'exception':
      return `exception ${message.exception} ${exceptions.get(message.exception)?.title ?? 'unknown'}`;
    case 'ack':
    case 'nack':
    case 'busy':
      return `${message.message} of ${message.address}`;
    case 'romSignature':
      return `ROM signature of ${message.address}: ${message.signature ?? 'CRC is wrong'}`;
    case 'event': {
      const title = exceptions.get(message.event)?.title ?? 'unknown';
      const list = hasEventData(message.event) ? eventData[message.event].blocks.flat() : [];
      return sentence(`event ${message.event} of ${message.address} ${title}`, message, list);
    }
    case 'longPoll':
    case 'data': {
      const declared = messageByCode(message.command);
      const body = declared?.message[message.message === 'data' ? 'response' : 'request'];
      const whom = `${message.message === 'data' ? 'from' : 'to'} ${message.address === 0 ? 'all' : message.address}`;
      return sentence(`${message.command} ${declared?.name ?? 'unknown'} ${whom}`, message, fieldsOf(body));
    }
  }
}

type Named = readonly (readonly [string, Field<unknown>])[];

const fieldsOf = (body: AnyBody | undefined): Named =>
  body?.kind === 'data' ? body.layout.blocks.flat() : [];

function sentence(head: string, message: Readonly<Record<string, unknown>>, list: Named): string {
  if (message.crcOk === false) return `${head}: CRC is wrong`;
  const parts = list.flatMap(([name, field]) =>
    message[name] === undefined || field.form.kind === 'derived'
      ? []
      : [`${name} ${show(message[name], field)}`],
  );
  if (message.raw !== undefined) parts.push(`raw ${message.raw}`);
  return parts.length === 0 ? head : `${head}: ${parts.join(', ')}`;
}

/** A key is as good as money: it never reaches a log. */
const isSecret = (form: Form): boolean => form.kind === 'hex' && form.bytes === 20;

function show(value: unknown, field: Field<unknown>): string {
  if (isSecret(field.form)) return /^0*$/.test(String(value)) ? 'zeros' : '(not shown)';
  if (typeof value === 'number') {
    if (field.unit === 'cents') return formatCents(value as Cents);
    const choice = field.choices?.[value];
    if (choice !== undefined) return `${value} (${choice})`;
    return field.unit && field.unit !== 'count' ? `${value} ${field.unit}` : String(value);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
