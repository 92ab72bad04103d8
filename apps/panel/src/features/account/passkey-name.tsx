import { TextInput } from '@mantine/core';
import { type Passkey, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../words/words.ts';

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
    <FormDialog
      title={t('account.passkeys.rename')}
      action={t('shell.do.rename')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={name.trim() === ''}
    >
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
    </FormDialog>
  );
}
