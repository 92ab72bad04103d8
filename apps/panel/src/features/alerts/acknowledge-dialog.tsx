import { Button, Modal, Textarea } from '@mantine/core';
import { type Alert, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
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
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('alerts.acknowledgeTitle', { title: say(alert.title), subject: alert.subject.name })}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <PlainForm className={css.form} onSubmit={attempt}>
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
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('shell.do.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('alerts.acknowledge')}
          </Button>
        </div>
      </PlainForm>
    </Modal>
  );
}
