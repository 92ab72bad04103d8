import { SegmentedControl } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageLoading } from '../../../app/page-loading.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { CreditForm } from './credit-form.tsx';
import css from './desk.module.css';
import { desksQuery } from './desk-queries.ts';
import { ShiftCard } from './shift-card.tsx';
import { TransferTable } from './transfer-table.tsx';

const STORED = 'vakhta-casino-desk';

/** A cash desk: its shift and drawer, crediting machines, and what was moved here. */
export function DeskPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const hall = useHallId();
  const { machine, desk: asked } = useSearch({ from: '/signed-in/casino/$hall/desk' });
  const navigate = useNavigate({ from: '/casino/$hall/desk' });
  const { data: desks, error } = useQuery(desksQuery(hall));
  const chosen = asked ?? localStorage.getItem(STORED);
  const desk = desks?.find((one) => one.desk === chosen) ?? desks?.[0];
  const choose = (value: string) => {
    localStorage.setItem(STORED, value);
    void navigate({ search: (old) => ({ ...old, desk: value }), replace: true });
  };
  return (
    <>
      <PageHead title={t('casinoDesk.title')}>
        {desks && desk && desks.length > 1 && (
          <SegmentedControl
            aria-label={t('casinoDesk.which')}
            data={desks.map((one) => one.desk)}
            value={desk.desk}
            onChange={choose}
          />
        )}
      </PageHead>
      {error && !desks && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!desks && !error && <PageLoading />}
      {desks && !desk && (
        <EmptyState
          icon={<IconCashRegister size={28} />}
          title={t('casinoDesk.none')}
          text={t('casinoDesk.noneText')}
        />
      )}
      {desk && (
        <div className={css.page}>
          <div className={css.columns}>
            <CreditForm key={`${desk.desk} ${machine}`} desk={desk} machine={machine} />
            <ShiftCard desk={desk} />
          </div>
          <TransferTable desk={desk.desk} />
        </div>
      )}
    </>
  );
}
