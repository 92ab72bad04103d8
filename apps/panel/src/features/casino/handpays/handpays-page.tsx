import { IconHandStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type CasinoHandpay, casinoCashRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { HandpayCard } from './handpay-card.tsx';
import { HandpaySlip } from './handpay-slip.tsx';
import { HandpayTable } from './handpay-table.tsx';
import css from './handpays.module.css';

const EVERY = 2_000;

/** A machine is still locked, or the house owes still. */
const isOpen = ({ resetAt, slip, dueMinor }: CasinoHandpay) =>
  resetAt === null || (slip === null && dueMinor > 0);

/** What waits to be paid by hand, from lock to slip to reset; and what was paid. */
export function HandpaysPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const hall = useHallId();
  const { data, error } = useQuery({
    queryKey: ['casino', hall, 'handpays'],
    queryFn: async () =>
      (await api.call(casinoCashRoutes.listHandpays, { params: { hall }, query: { limit: 50 } })).items,
    refetchInterval: EVERY,
  });
  const [slip, setSlip] = useState<CasinoHandpay>();
  const open = data?.filter(isOpen) ?? [];
  const over = data?.filter((one) => !isOpen(one)) ?? [];
  return (
    <>
      <PageHead title={t('casinoDesk.handpays.title')} text={t('casinoDesk.handpays.lead')} />
      {error && !data && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!data && !error && <PageLoading />}
      {data && open.length === 0 && (
        <EmptyState
          icon={<IconHandStop size={28} />}
          title={t('casinoDesk.handpays.none')}
          text={t('casinoDesk.handpays.noneText')}
        />
      )}
      <ul className={css.open} aria-live="polite">
        {open.map((one) => (
          <li key={`${one.machine} ${one.lockedAt}`}>
            <HandpayCard handpay={one} onSlip={setSlip} />
          </li>
        ))}
      </ul>
      {over.length > 0 && (
        <PanelSection title={t('casinoDesk.handpays.over')}>
          <HandpayTable handpays={over} onSlip={setSlip} />
        </PanelSection>
      )}
      {slip && <HandpaySlip handpay={slip} onClose={() => setSlip(undefined)} />}
    </>
  );
}
