import type { CasinoReport } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHallTime } from '../hall-time.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';

type Column = CasinoReport['columns'][number];

const figures: ReadonlySet<Column['unit']> = new Set([
  'minor',
  'credits',
  'percent',
  'points',
  'minutes',
  'seconds',
  'count',
]);

/** Whether a column's cells are figures, which stand to the right. */
export const isFigure = ({ unit }: Column): boolean => figures.has(unit);

/** How headings and cells of a report read. */
export function useReportTexts({ people, columns }: CasinoReport) {
  const { t, has, language } = useWords();
  const timeOf = useHallTime();
  const { amount, money, currency } = useMoney();
  const { alertTextOf, meterTextOf, exceptionTextOf } = useAlertTexts();
  const names = new Map(people.map(({ member, name }) => [member, name]));
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const titles = new Map(columns.map((column) => [column.name, titleOf(column)]));

  function titleOf({ name, title, unit }: Column): string {
    const key = `casinoReports.columns.${name}`;
    const words = has(key) ? t(key as 'casinoReports.columns.at') : title;
    if (unit === 'minor') return `${words}, ${currency}`;
    if (unit === 'percent') return `${words}, %`;
    const unitKey = `casinoReports.units.${unit}`;
    return has(unitKey) ? `${words}, ${t(unitKey as 'casinoReports.units.points')}` : words;
  }

  const wordOf = (value: string): string => {
    const key = `casinoReports.values.${value.replaceAll('.', '_')}`;
    return has(key) ? t(key as 'casinoReports.values.open') : value;
  };

  function cellOf({ unit }: Column, value: Json | undefined): string {
    if (value === null || value === undefined) return NOT_KNOWN;
    const text = typeof value === 'object' ? pairs(value) : String(value);
    switch (unit) {
      case 'minor':
        return amount(Number(text));
      case 'denomination':
        return text === 'floor' ? t('casinoReports.wholeFloor') : money(Number(text));
      case 'percent':
      case 'points':
        return percent.format(Number(text));
      case 'credits':
      case 'minutes':
      case 'seconds':
      case 'count':
        return plain.format(Number(text));
      case 'time':
        return timeOf(text);
      case 'member':
        return names.get(text) ?? NOT_KNOWN;
      case 'meter':
        return `${text} ${meterTextOf(text)}`;
      case 'event':
        return alertTextOf(text) === text ? exceptionTextOf(text) : alertTextOf(text);
      case 'word':
        return text.split(', ').map(wordOf).join(', ');
      default:
        return text;
    }
  }

  return {
    titleOf: ({ name, title }: Column) => titles.get(name) ?? title,
    cellOf,
    nameOf: (member: string) => names.get(member) ?? NOT_KNOWN,
  };
}

/** What was changed, as the journal keeps it: name: value, for people who know the names. */
const pairs = (value: object): string =>
  Object.entries(value)
    .map(([name, of]) => `${name}: ${typeof of === 'object' ? JSON.stringify(of) : String(of)}`)
    .join('; ');
