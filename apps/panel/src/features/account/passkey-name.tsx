import { Button, Modal, TextInput } from '@mantine/core';
import { type Passkey, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

interface PasskeyNameProps {
  passkey: Passkey;
  onClose(): void;
  onRenamed(): Promise<unknown>;
}

export function PasskeyName({ passkey, onClose, onRenamed }: PasskeyNameProps) {
  const { t } = useWords();
  const [name, setName] = useState(passkey.name);
  const rename = async () => {
    await api.call(routes.renamePasskey, { params: { passkey: passkey.id }, body: { name } });
    await onRenamed();
  };
  const { attempt, busy, refusal } = useAttempt(rename, onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('account.passkeys.rename')}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <PlainForm className={css.form} onSubmit={attempt}>
        <TextInput
          label={t('account.passkeys.name')}
          required
          withAsterisk={false}
          maxLength={120}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={refusal}
        />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('shell.do.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ''}>
            {t('shell.do.rename')}
          </Button>
        </div>
      </PlainForm>
    </Modal>
  );
}
