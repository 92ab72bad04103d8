import type { CasinoReport, ReportUnit } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node';
import { wallOf } from '../game-days/game-day.ts';
import { headingOf, isFigure, namesIn } from './heading.ts';

const DAY_AND_TIME = 'yyyy-mm-dd hh:mm:ss';
/** Wide enough for a day with its time. */
const WIDTH = 19;

/**
 * A workbook of one sheet: the report's heading, its columns, its lines. Money is in units of the currency, and times are
 * the hall's own, since a spreadsheet knows no zones.
 */
export function toXlsx(report: CasinoReport, minorDigits: number): Promise<Buffer> {
  const nameOf = namesIn(report);
  const money = { format: minorDigits === 0 ? '#,##0' : `#,##0.${'0'.repeat(minorDigits)}` };
  const cellOf = (value: Json | undefined, unit: ReportUnit): Cell => {
    if (value === null || value === undefined) return null;
    if (unit === 'time')
      return {
        value: new Date(wallOf(Date.parse(String(value)), report.site.timeZone)),
        type: Date,
        format: DAY_AND_TIME,
      };
    if (unit === 'minor') return { value: Number(value) / 10 ** minorDigits, type: Number, ...money };
    if (isFigure(unit)) return { value: Number(value), type: Number };
    const text =
      unit === 'member' ? nameOf(value) : typeof value === 'object' ? JSON.stringify(value) : value;
    return { value: String(text), type: String };
  };
  const unitText = (unit: ReportUnit) => (unit === 'minor' ? report.site.currency : unit);
  const heading: Row[] = headingOf(report).map(([name, value]) => [
    { value: name, type: String, fontWeight: 'bold' },
    { value: value ?? '', type: String },
  ]);
  const titles: Row = report.columns.map(({ title, unit }) => ({
    value: isFigure(unit) ? `${title}, ${unitText(unit)}` : title,
    type: String,
    fontWeight: 'bold',
    ...(isFigure(unit) && { align: 'right' }),
  }));
  const lines: Row[] = report.rows.map((row) =>
    report.columns.map(({ name, unit }) => cellOf(row[name], unit)),
  );
  return writeXlsxFile([...heading, [], titles, ...lines], {
    sheet: report.report,
    columns: report.columns.map(() => ({ width: WIDTH })),
    stickyRowsCount: heading.length + 2,
    stickyColumnsCount: 1,
  }).toBuffer();
}
