import { errorStatus } from '@vakhta/api';
import { expect, test } from 'vitest';
import { analyzer as enAnalyzer } from './en/analyzer.ts';
import { en } from './en/index.ts';
import { analyzer as ruAnalyzer } from './ru/analyzer.ts';
import { ru } from './ru/index.ts';

/** Every key with its text, as dotted paths. */
function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  );
}

const english = new Map(flat({ ...en, analyzer: enAnalyzer }));
const russian = new Map(flat({ ...ru, analyzer: ruAnalyzer }));
const isRussianPlural = (key: string) => /_(few|many)$/.test(key);
const placeholders = (text: string) => new Set(text.match(/\{\{\w+\}\}/g));

test('both languages hold the same keys', () => {
  expect([...russian.keys()].filter((key) => !isRussianPlural(key)).sort()).toEqual(
    [...english.keys()].sort(),
  );
});

test('every counted text has all four Russian plural forms', () => {
  const stems = [...english.keys()]
    .filter((key) => key.endsWith('_other'))
    .map((key) => key.slice(0, -'_other'.length));
  for (const stem of stems)
    for (const form of ['one', 'few', 'many', 'other'])
      expect(russian.has(`${stem}_${form}`), `${stem}_${form}`).toBe(true);
  expect(stems.length).toBeGreaterThan(0);
});

test('a translation uses what the text is given, and nothing else', () => {
  for (const [key, text] of russian) {
    const source = english.get(key) ?? english.get(key.replace(/_(few|many)$/, '_other')) ?? '';
    // Russian may leave a figure out of a singular, never name one that is not given.
    const given = placeholders(source);
    for (const used of placeholders(text)) expect(given.has(used), `${key}: ${used}`).toBe(true);
  }
});

test('no text is empty, and no Russian text was left in English', () => {
  const sameOnPurpose =
    /^shell\.language\.|^analyzer\.(card|rules\.tie)\.|^analyzer\.rules\.option\.double\.D|^thing\.description$|^batch\.title$|^acting\.(ask|sendToMany)$/;
  for (const [key, text] of russian) {
    expect(text.trim(), key).not.toBe('');
    if (!sameOnPurpose.test(key)) expect(text, key).toMatch(/[а-яё{№]/i);
  }
});

test('every error code of the API has its words', () => {
  for (const code of Object.keys(errorStatus)) expect(english.has(`errors.${code}`), code).toBe(true);
});
