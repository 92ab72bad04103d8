import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type CasinoGameDay, casinoDayRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { FigureTable } from '../figure-table.tsx';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import { useStaffNames } from '../staff.ts';
import { CloseDayDialog } from './close-day-dialog.tsx';
import css from './days.module.css';

const EVERY = 10_000;

/** Game days with what the floor did in them, and closing them. */
export function DaysPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { currency } = useMoney();
  const hall = useHallId();
  const [asked, setAsked] = useState<CasinoGameDay>();
  const { data: days, error } = useQuery({
    queryKey: ['casino', hall, 'days'],
    queryFn: async () =>
      (await api.call(casinoDayRoutes.listGameDays, { params: { hall }, query: { limit: 62 } })).items,
    refetchInterval: EVERY,
  });
  return (
    <>
      <PageHead title={t('casinoControl.days.title')} text={t('casinoControl.days.lead')} />
      {error && !days && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!days && !error && <PageLoading />}
      {days && (
        <FigureTable
          label={t('casinoControl.days.title')}
          words={[
            t('casinoControl.days.columns.day'),
            t('casinoControl.days.columns.state'),
            t('casinoControl.days.columns.closed'),
            t('casinoControl.days.columns.by'),
          ]}
          figures={[
            t('casinoFloor.columns.coinIn', { currency }),
            t('casinoFloor.columns.won', { currency }),
            t('casinoFloor.columns.win', { currency }),
            t('casinoFloor.columns.hold'),
            t('casinoFloor.columns.drop', { currency }),
            t('casinoFloor.columns.games'),
            t('casinoDesk.table.todo'),
          ]}
        >
          {days.map((day) => (
            <DayLine key={day.date} day={day} onAsk={() => setAsked(day)} />
          ))}
        </FigureTable>
      )}
      {asked && <CloseDayDialog day={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function DayLine({ day, onAsk }: { day: CasinoGameDay; onAsk(): void }) {
  const { t, language } = useWords();
  const { amount } = useMoney();
  const hall = useHallId();
  const may = useMay();
  const timeOf = useHallTime();
  const nameOf = useStaffNames();
  const percent = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const isClosed = day.closedAt !== null;
  return (
    <tr>
      <th scope="row">{day.date}</th>
      <td>
        <span className={css.state} data-state={day.state}>
          {t(`casinoControl.days.states.${day.state}`)}
        </span>
      </td>
      <td>{timeOf(day.closedAt)}</td>
      <td>{isClosed ? `${nameOf(day.closedBy)}, ${nameOf(day.approvedBy)}` : NOT_KNOWN}</td>
      <td>{amount(day.coinInMinor)}</td>
      <td>{amount(day.totalWonMinor)}</td>
      <td data-negative={day.winMinor < 0 || undefined}>{amount(day.winMinor)}</td>
      <td>{day.holdPct === null ? NOT_KNOWN : percent.format(Number(day.holdPct))}</td>
      <td>{amount(day.dropMinor)}</td>
      <td>{new Intl.NumberFormat(language).format(day.games)}</td>
      <td>
        {isClosed && may('casino.report') && (
          <LinkButton
            size="compact-sm"
            variant="default"
            to="/casino/$hall/reports/$report"
            params={{ hall, report: 'day-close' }}
            search={{ first: day.date, last: day.date }}
          >
            {t('casinoControl.days.certificate')}
          </LinkButton>
        )}
        {!isClosed && (
          <Button
            size="compact-sm"
            variant={day.state === 'over' && may('casino.close') ? 'filled' : 'default'}
            onClick={onAsk}
          >
            {t(
              day.state === 'over' && may('casino.close')
                ? 'casinoControl.days.close'
                : 'casinoControl.days.look',
            )}
          </Button>
        )}
      </td>
    </tr>
  );
}
