import type { CasinoReport } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import { headingOf, isFigure, namesIn } from './heading.ts';

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

function cell(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // Words of people and machines are shown as words; a number keeps its minus.
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with the report's heading above the columns. Money is in minor units, as the headings say. */
export function toCsv(report: CasinoReport): string {
  const nameOf = namesIn(report);
  const lines = [
    ...headingOf(report).map((line) => line.map(cell).join(',')),
    '',
    report.columns.map(({ title, unit }) => cell(isFigure(unit) ? `${title} (${unit})` : title)).join(','),
    ...report.rows.map((row) =>
      report.columns
        .map(({ name, unit }) => cell(unit === 'member' ? nameOf(row[name]) : row[name]))
        .join(','),
    ),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
