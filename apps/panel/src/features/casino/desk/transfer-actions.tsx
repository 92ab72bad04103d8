import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoTransfer, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useMay, useSession } from '../../../app/session.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';

/** What a person may still do about a transfer: approve it, or give back what never reached the machine. */
export function TransferActions({ transfer }: { transfer: CasinoTransfer }) {
  const { t } = useWords();
  const { money } = useMoney();
  const hall = useHallId();
  const mayApprove = useMay()('casino.approve');
  const { membership } = useSession();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<'approve' | 'refund'>();
  const params = { hall, key: transfer.key };
  const rest = transfer.requestedMinor - transfer.appliedMinor - transfer.returnedMinor;
  const isOwn = transfer.requestedBy === membership?.member;
  const canApprove = transfer.state === 'waiting_approval' && mayApprove && !isOwn;
  const canRefund = transfer.finalAt !== null && transfer.direction === 'toMachine' && rest > 0;
  const confirm = async () => {
    if (asking === 'approve') await api.call(casinoActRoutes.approveTransfer, { params, body: {} });
    else await api.call(casinoActRoutes.refundTransfer, { params, body: {} });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  };
  return (
    <>
      {canApprove && (
        <Button size="xs" onClick={() => setAsking('approve')}>
          {t('casinoDesk.approve.action')}
        </Button>
      )}
      {canRefund && (
        <Button size="xs" variant="default" onClick={() => setAsking('refund')}>
          {t('casinoDesk.refund.action')}
        </Button>
      )}
      {asking && (
        <ConfirmAction
          opened
          onClose={() => setAsking(undefined)}
          title={t(`casinoDesk.${asking}.title`, {
            amount: money(asking === 'approve' ? transfer.requestedMinor : rest),
          })}
          action={t(`casinoDesk.${asking}.action`)}
          onConfirm={confirm}
        >
          {t(`casinoDesk.${asking}.text`, { machine: transfer.machine })}
        </ConfirmAction>
      )}
    </>
  );
}
