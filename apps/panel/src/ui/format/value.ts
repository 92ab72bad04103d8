import type { Choice, DataSchema, Tone } from '@vakhta/things';
import type { Language } from '../../words/words.ts';
import { durationParts, formatInstant, NBSP, type TimeUnit } from './time.ts';

/** The words a value is written with. */
export interface ValueWords {
  language: Language;
  yes: string;
  no: string;
  /** A value that cannot be known: never written as zero or as nothing. */
  unknown: string;
  none: string;
  time: Record<TimeUnit, string>;
  size: Record<SizeUnit, string>;
}

type SizeUnit = 'B' | 'kB' | 'MB' | 'GB' | 'TB';

/** What may stand for a string where a machine lists its own choices: a plain string or `{ value, label }`. */
export interface Option {
  value: string;
  label: string;
}

/** A figure apart from its unit, so that the unit can be drawn smaller. */
export interface WrittenValue {
  text: string;
  unit?: string;
}

const locales: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };
const MOST_DECIMALS = 2;

const numberFormats = new Map<Language, Intl.NumberFormat>();
export function formatNumber(value: number, language: Language): string {
  const format =
    numberFormats.get(language) ??
    new Intl.NumberFormat(locales[language], { maximumFractionDigits: MOST_DECIMALS });
  numberFormats.set(language, format);
  return format.format(value).replace('-', '−');
}

const choiceOf = (schema: DataSchema, value: unknown): Choice | undefined =>
  schema.choices?.find((choice) => choice.const === value);

/** How a value should strike the eye; nothing where its model does not say. */
export const toneOf = (schema: DataSchema, value: unknown): Tone | undefined => choiceOf(schema, value)?.tone;

/** What a property that lists choices offers. Anything of another shape is passed over. */
export function optionsOf(list: unknown): Option[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown): Option[] => {
    if (typeof item === 'string') return [{ value: item, label: item }];
    if (typeof item !== 'object' || item === null || !('value' in item)) return [];
    const label =
      'label' in item && typeof item.label === 'string' && item.label !== '' ? item.label : item.value;
    return [{ value: String(item.value), label: String(label) }];
  });
}

/**
 * Writes a value as its schema says. `options` give the labels where the schema takes its choices from another property.
 * A value that does not fit its schema is written as it is: a wrong figure is better seen than hidden.
 */
export function writeValue(
  schema: DataSchema | undefined,
  value: unknown,
  words: ValueWords,
  now: number,
  options: readonly Option[] = [],
): WrittenValue {
  if (value === null || value === undefined) return { text: words.unknown };
  switch (typeof value) {
    case 'boolean':
      return { text: value ? words.yes : words.no };
    case 'number':
      return writeNumber(schema, value, words, now);
    case 'string':
      return { text: writeString(schema, value, words, now, options) };
    default:
      return { text: writeComposite(schema, value, words, now) };
  }
}

/** The same in one string, figure and unit kept together. */
export function formatValue(
  schema: DataSchema | undefined,
  value: unknown,
  words: ValueWords,
  now: number,
  options?: readonly Option[],
): string {
  const { text, unit } = writeValue(schema, value, words, now, options);
  return unit === undefined ? text : `${text}${NBSP}${unit}`;
}

function writeNumber(
  schema: DataSchema | undefined,
  value: number,
  words: ValueWords,
  now: number,
): WrittenValue {
  switch (schema?.display) {
    case 'duration':
      return { text: formatDuration(schema.unit === 's' ? value * 1000 : value, words) };
    case 'bytes':
      return formatBytes(value, words);
    case 'instant':
      return { text: formatInstant(value, now, words.language) };
    case 'percent':
      return { text: formatNumber(value, words.language), unit: '%' };
    default: {
      const text = formatNumber(value, words.language);
      return schema?.unit === undefined ? { text } : { text, unit: schema.unit };
    }
  }
}

function writeString(
  schema: DataSchema | undefined,
  value: string,
  words: ValueWords,
  now: number,
  options: readonly Option[],
): string {
  if (schema?.display === 'secret') return '••••••';
  if (schema?.display === 'instant' && !Number.isNaN(Date.parse(value)))
    return formatInstant(Date.parse(value), now, words.language);
  const choice = schema && choiceOf(schema, value);
  if (choice) return choice.title[words.language];
  if (value === '') return words.none;
  return options.find((option) => option.value === value)?.label ?? value;
}

function writeComposite(
  schema: DataSchema | undefined,
  value: object,
  words: ValueWords,
  now: number,
): string {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => labelOf(item) ?? formatValue(schema?.items, item, words, now));
    return items.length === 0 ? words.none : items.join(', ');
  }
  const parts = Object.entries(value).map(([name, member]) => {
    const of = schema?.properties?.[name];
    return `${of?.title?.[words.language] ?? name}:${NBSP}${formatValue(of, member, words, now)}`;
  });
  return parts.length === 0 ? words.none : parts.join(', ');
}

function labelOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('label' in item)) return undefined;
  return typeof item.label === 'string' && item.label !== '' ? item.label : undefined;
}

/** '1 d 4 h', '4.2 s'. */
export const formatDuration = (duration: number, words: ValueWords): string =>
  durationParts(Math.abs(duration))
    .map(({ n, unit }) => `${formatNumber(n, words.language)}${NBSP}${words.time[unit]}`)
    .join(NBSP);

const sizeUnits: readonly SizeUnit[] = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units (IEC 80000-13): 1 kB is 1000 B. Three digits are enough for the eye. */
export function formatBytes(bytes: number, words: ValueWords): WrittenValue {
  let size = bytes;
  let step = 0;
  while (Math.abs(size) >= 1000 && step < sizeUnits.length - 1) {
    size /= 1000;
    step += 1;
  }
  const rounded = Math.abs(size) < 10 ? Math.round(size * 10) / 10 : Math.round(size);
  return { text: formatNumber(rounded, words.language), unit: words.size[sizeUnits[step] ?? 'B'] };
}
