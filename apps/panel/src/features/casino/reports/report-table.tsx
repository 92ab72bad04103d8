import { Link } from '@tanstack/react-router';
import type { CasinoReport } from '@vakhta/api';
import type { ReactNode } from 'react';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import css from '../table.module.css';
import { TableFrame } from '../table-frame.tsx';
import type { ReportSearch } from './report-search.ts';
import { isFigure, useReportTexts } from './report-texts.ts';

type Column = CasinoReport['columns'][number];
type Line = CasinoReport['rows'][number];

/** The lines of a report; a figure made of meters leads to the movements it is made of. */
export function ReportTable({ report }: { report: CasinoReport }) {
  const { t } = useWords();
  const hall = useHallId();
  const { titleOf, cellOf } = useReportTexts(report);
  const head = report.columns.map((column) => (
    <th key={column.name} scope="col" className={isFigure(column) ? css.figure : undefined}>
      {titleOf(column)}
    </th>
  ));
  const content = (column: Column, line: Line): ReactNode => {
    const text = cellOf(column, line[column.name]);
    const search = searchBehind(report, column, line);
    if (!search || line[column.name] === null) return text;
    return (
      <Link
        to="/casino/$hall/reports/$report"
        params={{ hall, report: 'meter-log' }}
        search={search}
        title={t('casinoReports.open', {
          column: titleOf(column),
          asset: search.machine ?? t('casinoReports.wholeFloor'),
        })}
      >
        {text}
      </Link>
    );
  };
  return (
    <TableFrame label={t(`casinoReports.names.${report.report}.name`)} head={head}>
      {report.rows.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a report have no other identity
        <tr key={index}>
          {report.columns.map((column, at) =>
            at === 0 ? (
              <th key={column.name} scope="row">
                {content(column, line)}
              </th>
            ) : (
              <td
                key={column.name}
                className={isFigure(column) ? css.figure : undefined}
                data-negative={(isFigure(column) && Number(line[column.name]) < 0) || undefined}
              >
                {content(column, line)}
              </td>
            ),
          )}
        </tr>
      ))}
    </TableFrame>
  );
}

/** Which part of the meter log a figure is made of; undefined where it is made of something else. */
function searchBehind({ period }: CasinoReport, { meters }: Column, line: Line): ReportSearch | undefined {
  if (!meters) return undefined;
  const machine = typeof line.asset === 'string' ? line.asset : undefined;
  // A group of machines has no log of its own; the whole floor has.
  if (machine === undefined && line.group !== 'floor') return undefined;
  const { from, to } = line;
  return {
    first: period.first,
    last: period.last,
    codes: meters.join(','),
    ...(machine !== undefined && { machine }),
    ...(typeof from === 'string' && typeof to === 'string' && { from, to }),
  };
}
