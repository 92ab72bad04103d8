import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CasinoInboxItem } from '@vakhta/api';
import type { ComponentType } from 'react';
import { PageLoading } from '../../../app/page-loading.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { Decided } from './decided.tsx';
import { EnrolmentItem } from './enrolment-item.tsx';
import { GapItem } from './gap-item.tsx';
import { HeldItem } from './held-item.tsx';
import css from './inbox.module.css';
import { inboxQuery } from './inbox-query.ts';
import { NotUnderstoodItem } from './not-understood-item.tsx';
import { TransferItem } from './transfer-item.tsx';

const insides: Record<CasinoInboxItem['reason'], ComponentType<{ item: CasinoInboxItem }>> = {
  held_delta: HeldItem,
  unknown_gap: GapItem,
  waiting_enrolment: EnrolmentItem,
  unresolved_transfer: TransferItem,
  not_understood: NotUnderstoodItem,
};

/** What the figures cannot decide by themselves: why in words, what it would do, and the decision. */
export function InboxPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const timeOf = useHallTime();
  const hall = useHallId();
  const { data, error } = useQuery(inboxQuery(hall));
  const items = data?.items;
  return (
    <>
      <PageHead title={t('casinoControl.inbox.title')} text={t('casinoControl.inbox.lead')} />
      {error && !items && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!items && !error && <PageLoading />}
      {items?.length === 0 && (
        <EmptyState
          icon={<IconInbox size={28} />}
          title={t('casinoControl.inbox.none')}
          text={t('casinoControl.inbox.noneText')}
        />
      )}
      <ul className={css.list} aria-live="polite">
        {items?.map((item) => {
          const Inside = insides[item.reason];
          return (
            <li key={`${item.reason} ${item.machine} ${item.what} ${item.at}`} className={css.item}>
              <header>
                <b>{t(`casinoControl.inbox.reasons.${item.reason}`)}</b>
                {item.machine !== '' && (
                  <Link to="/casino/$hall/machines/$machine" params={{ hall, machine: item.machine }}>
                    {item.machine}
                  </Link>
                )}
                <time dateTime={item.at}>{timeOf(item.at)}</time>
              </header>
              <Inside item={item} />
            </li>
          );
        })}
      </ul>
      {data && data.decided.length > 0 && <Decided decided={data.decided} />}
    </>
  );
}
