import { Button } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { hallsQuery } from './hall.ts';
import { MakeHallDialog } from './set-up/make-hall-dialog.tsx';

/** Leads to the first hall; where there is none yet, says how one is made. */
export function CasinoPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const mayManage = useMay()('casino.manage');
  const { data: halls, error } = useQuery(hallsQuery);
  const [making, setMaking] = useState(false);
  if (halls?.[0]) return <Navigate to="/casino/$hall" params={{ hall: halls[0].id }} replace />;
  return (
    <>
      <PageHead title={t('casino.title')} text={t('casino.lead')} />
      {error && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!halls && !error && <PageLoading />}
      {halls && (
        <EmptyState
          icon={<IconCoin size={28} />}
          title={t('casino.noHalls')}
          text={t(mayManage ? 'casino.noHallsManager' : 'casino.noHallsText')}
        >
          {mayManage && <Button onClick={() => setMaking(true)}>{t('casinoSetUp.hall.make')}</Button>}
        </EmptyState>
      )}
      {making && <MakeHallDialog onClose={() => setMaking(false)} />}
    </>
  );
}
