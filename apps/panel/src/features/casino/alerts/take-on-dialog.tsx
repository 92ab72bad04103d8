import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoAlert, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHallId } from '../hall.ts';

/** Takes an alert on, with a word for the others. */
export function TakeOnDialog({ alert, onClose }: { alert: CasinoAlert; onClose(): void }) {
  const { t } = useWords();
  const { alertTextOf } = useAlertTexts();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const { attempt, busy, refusal } = useAttempt(async () => {
    const { code, subject } = alert;
    const body = { code, subject, ...(note.trim() !== '' && { note: note.trim() }) };
    await api.call(casinoActRoutes.acknowledgeCasinoAlert, { params: { hall }, body });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={`${alert.name} · ${alertTextOf(alert.code)}`}
      action={t('casinoControl.alerts.take')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
    >
      <Textarea
        label={t('casinoControl.alerts.note')}
        description={t('casinoControl.alerts.noteHelp')}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialog>
  );
}
