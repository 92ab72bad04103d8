import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoShift, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';

interface CloseShiftDialogProps {
  desk: string;
  shift: CasinoShift;
  onClose(): void;
}

/** Ends a counted shift; beyond the tolerance it takes a reason and a second person. */
export function CloseShiftDialog({ desk, shift, onClose }: CloseShiftDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const { money } = useMoney();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const isOff = shift.classification !== 'within_tolerance';
  const { withApproval, isWaiting } = useTwoPersons();
  const { attempt, busy, refusal } = useAttempt(async () => {
    const body = isOff ? { reason: reason.trim() } : {};
    await withApproval(() => api.call(casinoActRoutes.closeShift, { params: { hall, desk }, body }));
    await queryClient.invalidateQueries({ queryKey: ['casino', hall, 'desks'] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoDesk.works.close.title', { desk })}
      action={t('casinoDesk.works.close.action')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={isOff && reason.trim() === ''}
      refusal={refusal}
    >
      <p>
        {t(`casinoDesk.works.close.${shift.classification ?? 'within_tolerance'}`, {
          amount: money(Math.abs(shift.overShortMinor ?? 0)),
        })}
      </p>
      {shift.reportable && <p>{t('casinoDesk.works.close.reportable')}</p>}
      {isOff && (
        <Textarea
          label={t('casinoDesk.works.close.reason')}
          description={t('casinoDesk.works.close.reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
        />
      )}
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}
