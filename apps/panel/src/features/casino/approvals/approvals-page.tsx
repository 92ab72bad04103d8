import { Button } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes, casinoApprovalRoutes } from '@vakhta/api';
import { type ReactNode, useState } from 'react';
import { api } from '../../../app/api.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useSession } from '../../../app/session.ts';
import { Age } from '../../../ui/age.tsx';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useTick } from '../../../ui/tick.ts';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import { useStaffNames } from '../staff.ts';
import { useActText } from './act-texts.ts';
import css from './approvals.module.css';
import { approvalsQuery } from './approvals-query.ts';

/** What colleagues may not do alone. */
export function ApprovalsPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { money } = useMoney();
  const hall = useHallId();
  const actText = useActText();
  const { data, error } = useQuery(approvalsQuery(hall));
  const isEmpty = data && data.acts.length + data.transfers.length === 0;
  return (
    <>
      <PageHead title={t('casinoControl.approvals.title')} text={t('casinoControl.approvals.lead')} />
      {error && !data && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!data && !error && <PageLoading />}
      {isEmpty && (
        <EmptyState
          icon={<IconUserCheck size={28} />}
          title={t('casinoControl.approvals.none')}
          text={t('casinoControl.approvals.noneText')}
        />
      )}
      <ul className={css.list} aria-live="polite">
        {data?.transfers.map((one) => (
          <Request
            key={one.key}
            text={t(
              one.direction === 'toMachine'
                ? 'casinoControl.approvals.transfer'
                : 'casinoControl.approvals.transferOut',
              {
                amount: money(one.requestedMinor),
                kind: t(`casinoDesk.kinds.${one.credit}.word`),
                machine: one.machine,
                desk: one.desk,
              },
            )}
            requestedBy={one.requestedBy}
            requestedAt={one.requestedAt}
            onApprove={() =>
              api.call(casinoActRoutes.approveTransfer, { params: { hall, key: one.key }, body: {} })
            }
          />
        ))}
        {data?.acts.map((one) => (
          <Request
            key={one.id}
            text={actText(one)}
            requestedBy={one.requestedBy}
            requestedAt={one.requestedAt}
            note={<Until at={one.expiresAt} />}
            onApprove={() =>
              api.call(casinoApprovalRoutes.approveCasinoAct, { params: { hall, approval: one.id } })
            }
          />
        ))}
      </ul>
    </>
  );
}

interface RequestProps {
  text: string;
  requestedBy: string;
  requestedAt: string;
  note?: ReactNode;
  onApprove(): Promise<unknown>;
}

function Request({ text, requestedBy, requestedAt, note, onApprove }: RequestProps) {
  const { t } = useWords();
  const hall = useHallId();
  const nameOf = useStaffNames();
  const queryClient = useQueryClient();
  const isOwn = useSession().membership?.member === requestedBy;
  const [isAsking, setAsking] = useState(false);
  return (
    <li className={css.request}>
      <div className={css.words}>
        <b>{text}</b>
        <span>
          {t('casinoControl.approvals.askedBy', { name: nameOf(requestedBy) })} · <Age at={requestedAt} />
          {note && <> · {note}</>}
        </span>
        {isOwn && <span>{t('casinoControl.approvals.own')}</span>}
      </div>
      {!isOwn && <Button onClick={() => setAsking(true)}>{t('casinoControl.approvals.approve')}</Button>}
      <ConfirmAction
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('casinoControl.approvals.question')}
        action={t('casinoControl.approvals.approve')}
        onConfirm={async () => {
          await onApprove();
          await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
        }}
      >
        {text}
        <br />
        {t('casinoControl.approvals.askedBy', { name: nameOf(requestedBy) })}
      </ConfirmAction>
    </li>
  );
}

/** How long a request is good for. */
function Until({ at }: { at: string }) {
  const { t } = useWords();
  const minutes = useTick((now) => Math.max(0, Math.ceil((Date.parse(at) - now) / 60_000)));
  return t('casinoControl.approvals.until', { minutes });
}
