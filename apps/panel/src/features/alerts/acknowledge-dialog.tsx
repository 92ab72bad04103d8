import { Textarea } from '@mantine/core';
import { type Alert, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';

interface AcknowledgeDialogProps {
  alert: Alert;
  onClose(): void;
  onDone(): Promise<unknown>;
}

/** Says that somebody is on it. The note is optional: at night one press must do. */
export function AcknowledgeDialog({ alert, onClose, onDone }: AcknowledgeDialogProps) {
  const { t, say } = useWords();
  const [note, setNote] = useState(alert.acknowledged?.note ?? '');
  const save = async () => {
    await api.call(routes.acknowledgeAlert, { params: { alert: alert.id }, body: { note } });
    await onDone();
  };
  const { attempt, busy, refusal } = useAttempt(save, onClose);
  return (
    <FormDialog
      title={t('alerts.acknowledgeTitle', { title: say(alert.title), subject: alert.subject.name })}
      action={t('alerts.acknowledge')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
    >
      <p className={css.text}>{t('alerts.acknowledgeText')}</p>
      <Textarea
        label={t('alerts.note')}
        placeholder={t('alerts.notePlaceholder')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        minRows={2}
        autosize
        error={refusal}
        data-autofocus
      />
    </FormDialog>
  );
}
