import { useWords } from '../../words/words.ts';
import { useHall } from './hall.ts';

interface MoneyForm {
  currency: string;
  minorDigits: number;
}

/** What is shown where a figure is not known: never a zero. */
export const NOT_KNOWN = '—';

/** Money of a hall: `amount` without the currency, for tables that name it in the heading; `money` with it. */
function moneyTexts({ currency, minorDigits }: MoneyForm, language: string) {
  const digits = { minimumFractionDigits: minorDigits, maximumFractionDigits: minorDigits };
  const plain = new Intl.NumberFormat(language, digits);
  const full = new Intl.NumberFormat(language, {
    ...digits,
    style: 'currency',
    currency,
    currencyDisplay: 'code',
  });
  const units = 10 ** minorDigits;
  return {
    amount: (minor: number | null) => (minor === null ? NOT_KNOWN : plain.format(minor / units)),
    money: (minor: number | null) => (minor === null ? NOT_KNOWN : full.format(minor / units)),
    /** '25.50' or '25,5' → 2550; undefined: no amount of this currency. */
    parse: (text: string): number | undefined => {
      const typed = text
        .trim()
        .replaceAll(/[\s  ]/g, '')
        .replace(',', '.');
      const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d*))?$/.exec(typed) ?? [];
      if (whole === undefined || part.length > minorDigits) return undefined;
      return Number(whole) * units + Number(part.padEnd(minorDigits, '0') || 0);
    },
  };
}

/** The same in the words of whoever looks. */
export function useMoney() {
  const { language } = useWords();
  const hall = useHall();
  return { ...moneyTexts(hall, language), currency: hall.currency };
}
