import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoInboxItem, casinoActRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { useMay } from '../../../app/session.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import css from './inbox.module.css';

/** What an agent told in a form that is not known: it changes no figure, and leaves the inbox when somebody has seen it. */
export function NotUnderstoodItem({ item: { what, detail } }: { item: CasinoInboxItem }) {
  const { t } = useWords();
  const hall = useHallId();
  const mayClose = useMay()('casino.close');
  const queryClient = useQueryClient();
  const params = { hall, message: Number(detail.message) };
  const { attempt, busy, refusal } = useAttempt(
    () => api.call(casinoActRoutes.setMessageAside, { params, body: {} }),
    () => void queryClient.invalidateQueries({ queryKey: ['casino', hall] }),
  );
  return (
    <>
      <p>{t('casinoControl.inbox.notUnderstood', { what, problem: String(detail.problem) })}</p>
      {mayClose && (
        <div className={css.buttons}>
          <Button variant="default" loading={busy} onClick={() => void attempt()}>
            {t('casinoControl.inbox.setAside')}
          </Button>
        </div>
      )}
      {refusal && <p role="alert">{refusal}</p>}
    </>
  );
}
