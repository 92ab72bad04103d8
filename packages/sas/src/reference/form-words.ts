import type { Field, Form } from '../codec/field.ts';

/** How a field looks on the wire, in words. */
export function formWords(form: Form): string {
  switch (form.kind) {
    case 'integer':
      if (form.coding === 'byte') return '1 byte';
      return `${form.bytes} ${form.coding === 'bcd' ? 'BCD' : 'LE'}`;
    case 'boolean':
      return '1 byte, 00 or 01';
    case 'digits':
      return form.bytes === 'rest' ? 'BCD digits to the end' : `${form.bytes} BCD, kept as digits`;
    case 'hex':
      if (form.bytes === 'rest') return 'bytes to the end, hex';
      if (form.bytes === 'counted') return '1 length byte, then bytes, hex';
      return `${form.bytes} ${form.bytes === 1 ? 'byte' : 'bytes'}, hex${form.order === 'lowFirst' && form.bytes > 1 ? ' (low byte first on the wire)' : ''}`;
    case 'text':
      if (form.bytes === 'rest') return 'text to the end';
      return form.bytes === 'counted' ? '1 length byte, then text' : `text of ${form.bytes}`;
    case 'percent':
      return '4 ASCII digits, "dd.dd"';
    case 'sized':
      return `1 size byte, then ${form.coding === 'bcd' ? 'BCD' : 'LE'}`;
    case 'list':
      return `list of {${form.item.blocks
        .flat()
        .map(([name, field]) => `${name}: ${formWords(field.form)}`)
        .join(', ')}}${countWords(form.count)}`;
    case 'values':
      return `list of ${formWords(form.item)}${countWords(form.count)}`;
    case 'meterCodes':
      return `list of meter codes, ${form.bytes === 1 ? '1 byte' : '2 LE'} each, to the end`;
    case 'meters':
      return form.bytes === 1
        ? 'list of {code: 1 byte, value: BCD of the fixed size}, to the end'
        : 'list of {code: 2 LE, 1 size byte, value: BCD}, to the end';
    case 'bits':
      return form.mask === 0x80 ? 'bit 7 of the next byte' : 'low 7 bits';
    case 'derived':
      return 'worked out, not on the wire';
    case 'nested':
      return 'fields of the base poll';
    case 'conditional':
      return `${formWords(form.form)}, ${form.when}`;
  }
}

const countWords = (count: 'byte' | 'bytes' | 'rest'): string =>
  ({ byte: ', 1 count byte before it', bytes: ', 1 byte with its length before it', rest: ', to the end' })[
    count
  ];

/** Unit and meanings of a field. */
export function meaningWords({ unit, choices }: Field<unknown>): string {
  const meanings = Object.entries(choices ?? {}).map(
    ([value, words]) => `${Number(value).toString(16).toUpperCase().padStart(2, '0')} ${words}`,
  );
  return [...(unit ? [unit] : []), ...meanings].join('; ');
}
