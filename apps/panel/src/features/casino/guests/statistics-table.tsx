import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { GuestFigures, GuestStatistics } from '@vakhta/api';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../app/session.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import type { ReportSearch } from '../reports/report-search.ts';
import table from '../table.module.css';
import { TableFrame } from '../table-frame.tsx';
import type { StatisticsView } from './guest-search.ts';
import css from './guests.module.css';
import { type StatisticsColumn, useStatisticsColumns } from './statistics-columns.ts';

interface StatisticsTableProps {
  statistics: GuestStatistics;
  view: StatisticsView;
}

/** A guest's play as a tree: all of it, its game days, and in each day the sessions at machines. */
export function StatisticsTable({ statistics, view }: StatisticsTableProps) {
  const { t } = useWords();
  const timeOf = useHallTime();
  const columns = useStatisticsColumns(view);
  const { sessions, gameDays, total } = statistics;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const toggle = (day: string) => {
    const next = new Set(closed);
    if (!next.delete(day)) next.add(day);
    setClosed(next);
  };
  const words = ['gameDay', 'from', 'to'] as const;
  const head = [
    ...words.map((name) => t(`casinoGuests.${view}.${name}`)),
    ...columns.map(({ title }) => title),
  ];
  return (
    <TableFrame
      label={t('casinoGuests.statistics')}
      words={words.length}
      head={head.map((title, index) => (
        <th key={title} scope="col" className={index < words.length ? undefined : table.figure}>
          {title}
        </th>
      ))}
    >
      <tr className={css.total}>
        <th scope="row">{t('casinoGuests.allPlay')}</th>
        <td>{timeOf(statistics.from)}</td>
        <td>{timeOf(statistics.to)}</td>
        <FigureCells columns={columns} figures={total} />
      </tr>
      {gameDays.toReversed().flatMap((day) => {
        const ofDay = sessions.filter(({ gameDay }) => gameDay === day.gameDay);
        const isOpen = !closed.has(day.gameDay);
        return [
          <tr key={day.gameDay}>
            <th scope="row">
              <button
                type="button"
                className={css.opener}
                aria-expanded={isOpen}
                onClick={() => toggle(day.gameDay)}
              >
                <IconChevronRight size={15} aria-hidden="true" />
                {day.gameDay}
              </button>
            </th>
            <td>{timeOf(ofDay[0]?.from ?? null)}</td>
            <td>{endOf(ofDay, timeOf, t('casinoGuests.now'))}</td>
            <FigureCells columns={columns} figures={day} />
          </tr>,
          ...(isOpen ? ofDay.toReversed() : []).map((session) => (
            <SessionLine
              key={`${session.machine} ${session.from}`}
              session={session}
              columns={columns}
              readAt={statistics.readAt}
            />
          )),
        ];
      })}
    </TableFrame>
  );
}

type Session = GuestStatistics['sessions'][number];

/** When the last of some sessions ended; `now` where one still goes on. */
const endOf = (sessions: readonly Session[], timeOf: (at: string) => string, now: string): string =>
  sessions.some(({ to }) => to === null)
    ? now
    : timeOf(
        sessions
          .map(({ to }) => to ?? '')
          .toSorted()
          .at(-1) ?? '',
      );

interface SessionLineProps {
  session: Session;
  columns: readonly StatisticsColumn[];
  readAt: string;
}

function SessionLine({ session, columns, readAt }: SessionLineProps) {
  const { t } = useWords();
  const hall = useHallId();
  const timeOf = useHallTime();
  const { machine, from, to } = session;
  return (
    <tr>
      <th scope="row">
        <Link className={css.inside} to="/casino/$hall/machines/$machine" params={{ hall, machine }}>
          {machine}
        </Link>
      </th>
      <td>{timeOf(from)}</td>
      <td>{to === null ? t('casinoGuests.now') : timeOf(to)}</td>
      <FigureCells columns={columns} figures={session} behind={{ machine, from, to: to ?? readAt }} />
    </tr>
  );
}

interface FigureCellsProps {
  columns: readonly StatisticsColumn[];
  figures: GuestFigures;
  /** Which part of the meter log they are made of. */
  behind?: ReportSearch;
}

function FigureCells({ columns, figures, behind }: FigureCellsProps) {
  const hall = useHallId();
  const mayRead = useMay()('casino.report');
  return columns.map((column) => {
    const text: ReactNode = column.text(figures);
    return (
      <td key={column.title} data-negative={column.isLoss?.(figures) || undefined}>
        {behind && column.meters && mayRead ? (
          <Link
            to="/casino/$hall/reports/$report"
            params={{ hall, report: 'meter-log' }}
            search={{ ...behind, codes: column.meters }}
          >
            {text}
          </Link>
        ) : (
          text
        )}
      </td>
    );
  });
}
