import type { DataSchema } from '@vakhta/things';
import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatValue, optionsOf, type ValueWords } from './value.ts';

const words: ValueWords = {
  language: 'ru',
  yes: 'Да',
  no: 'Нет',
  unknown: 'неизвестно',
  none: 'нет',
  time: { ms: 'мс', s: 'с', min: 'мин', h: 'ч', d: 'д' },
  size: { B: 'Б', kB: 'кБ', MB: 'МБ', GB: 'ГБ', TB: 'ТБ' },
};
const write = (schema: DataSchema | undefined, value: unknown) =>
  formatValue(schema, value, words, 0).replaceAll('\u00a0', ' ');

test('unknown is written as unknown, never as zero', () => {
  expect(write({ type: 'integer', unit: '%' }, null)).toBe('неизвестно');
  expect(write({ type: 'integer', unit: '%' }, 0)).toBe('0 %');
});

test('figures are written as the language does, with their unit', () => {
  expect(write({ type: 'number', unit: '°C' }, 48.256)).toBe('48,26 °C');
  expect(write({ type: 'integer' }, -7)).toBe('−7');
});

test('durations come in their two largest units, whatever unit the model counts in', () => {
  expect(write({ type: 'integer', unit: 's', display: 'duration' }, 90_061)).toBe('1 д 1 ч');
  expect(write({ type: 'integer', display: 'duration' }, 4_200)).toBe('4,2 с');
  expect(formatDuration(59_999, words)).toBe('59\u00a0с');
});

test('sizes have three digits at most', () => {
  expect(formatBytes(999, words)).toEqual({ text: '999', unit: 'Б' });
  expect(formatBytes(1_250_000, words)).toEqual({ text: '1,3', unit: 'МБ' });
  expect(formatBytes(12_400_000_000, words)).toEqual({ text: '12', unit: 'ГБ' });
});

test('choices and options are written by their words, anything else as it is', () => {
  const schema: DataSchema = {
    type: 'string',
    choices: [{ const: 'on', title: { en: 'On', ru: 'Включён' } }],
  };
  expect(write(schema, 'on')).toBe('Включён');
  expect(write(schema, 'odd')).toBe('odd');
  const options = optionsOf([{ value: 'HDMI1', label: 'HDMI 1' }, 'TV', 7]);
  expect(options).toEqual([
    { value: 'HDMI1', label: 'HDMI 1' },
    { value: 'TV', label: 'TV' },
  ]);
  expect(formatValue({ type: 'string' }, 'HDMI1', words, 0, options)).toBe('HDMI 1');
});

test('a secret is never written', () => {
  expect(write({ type: 'string', display: 'secret' }, 'hunter2')).not.toContain('hunter2');
});

test('a value that breaks its schema is shown, not hidden', () => {
  expect(write({ type: 'integer' }, 'much')).toBe('much');
  expect(write(undefined, { a: [true] })).toBe('a: Да');
});
