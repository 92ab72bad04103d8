import { Button, Modal, Select, TextInput } from '@mantine/core';
import { AlertSeverity, routes, severityChoices } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';

interface WebhookDialogProps {
  onClose(): void;
  onAdded(): Promise<unknown>;
}

/** Adds a webhook, then shows its secret, this once. */
export function WebhookDialog({ onClose, onAdded }: WebhookDialogProps) {
  const { t, say } = useWords();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('https://');
  const [minimum, setMinimum] = useState<AlertSeverity>('warning');
  const [secret, setSecret] = useState<string>();
  const save = async () => {
    const made = await api.call(routes.createWebhook, {
      body: { name: name.trim(), url: url.trim(), minimum },
    });
    setSecret(made.secret);
    await onAdded();
  };
  const { attempt, busy, refusal } = useAttempt(save, () => {});
  if (secret !== undefined)
    return (
      <Modal
        opened
        onClose={onClose}
        centered
        title={t('webhooks.add')}
        closeButtonProps={{ 'aria-label': t('shell.do.close') }}
      >
        <div className={css.form}>
          <p className={css.text}>{t('webhooks.once')}</p>
          <CopyField value={secret} label={t('webhooks.secret')} />
          <div className={css.buttons}>
            <Button onClick={onClose}>{t('shell.do.done')}</Button>
          </div>
        </div>
      </Modal>
    );
  return (
    <FormDialog
      title={t('webhooks.add')}
      action={t('shell.do.add')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
    >
      <TextInput
        label={t('webhooks.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={120}
        data-autofocus
      />
      <TextInput
        label={t('webhooks.url')}
        description={t('webhooks.urlHint')}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
      />
      <Select
        label={t('webhooks.minimum')}
        data={severityChoices.map((choice) => ({ value: choice.const, label: say(choice.title) }))}
        value={minimum}
        allowDeselect={false}
        onChange={(value) => setMinimum(AlertSeverity.parse(value))}
      />
    </FormDialog>
  );
}
