import type { Field, Form } from '../codec/field.ts';
import type { Message } from '../codec/message.ts';
import { type MessageName, messages } from '../messages/index.ts';
import { WrongUse } from './cli-parts.ts';

/**
 * Fields of a poll from `name=value` on the command line. A value is read as its field is declared: numbers as
 * numbers, lists by commas, what is deeper as JSON. Whether it fits is found out when it is encoded.
 */
export function fieldArguments(poll: MessageName, given: readonly string[]): Record<string, unknown> {
  const { request } = messages[poll] as unknown as Message;
  const declared = new Map(request.kind === 'data' ? request.layout.blocks.flat() : []);
  return Object.fromEntries(
    given.map((argument) => {
      const at = argument.indexOf('=');
      if (at < 1) throw new WrongUse(`'${argument}' is no field: say name=value`);
      const name = argument.slice(0, at);
      return [name, readValue(name, argument.slice(at + 1), declared.get(name))];
    }),
  );
}

function readValue(name: string, text: string, field: Field<unknown> | undefined): unknown {
  const form: Form | undefined = field?.form.kind === 'conditional' ? field.form.form : field?.form;
  switch (form?.kind) {
    case 'integer':
    case 'bits':
      return text.trim() === '' ? text : Number(text);
    case 'boolean':
      return (
        ({ true: true, on: true, '1': true, false: false, off: false, '0': false } as const)[text] ?? text
      );
    case 'meterCodes':
      return text.split(',').map((code) => code.padStart(4, '0'));
    case 'sized':
    case 'list':
    case 'values':
    case 'nested':
    case 'meters':
      return parseJson(name, text);
    default:
      return text;
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongUse(`${name} has parts: write it as JSON`);
  }
}
