import type { Language } from '../../words/words.ts';

const tags: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };
const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(tags[language], options);
  formats.set(key, known);
  return known;
}

const minus = (text: string) => text.replace('-', '−');

/** An EV in units: "+0.12345". */
export const evText = (ev: number, language: Language, digits = 5): string =>
  minus(
    format(language, {
      signDisplay: 'exceptZero',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(ev),
  );

/** An EV as a share of the bet: "−0.4029 %". */
export const edgeText = (ev: number, language: Language, digits = 4): string =>
  `${evText(ev * 100, language, digits)} %`;

/** A probability: "28.36 %". */
export const chanceText = (chance: number, language: Language, digits = 2): string =>
  `${format(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(chance * 100)} %`;

export const countText = (count: number, language: Language): string =>
  format(language, { maximumFractionDigits: 0 }).format(count);
