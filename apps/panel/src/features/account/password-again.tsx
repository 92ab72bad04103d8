import { PasswordInput } from '@mantine/core';
import { ApiError } from '@vakhta/api';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';

interface PasswordAgainProps {
  title: string;
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  onClose(): void;
  /** Resolves when done; a refusal is shown here. */
  onPassword(password: string): Promise<unknown>;
}

/** Asks for the password once more: whoever found this screen unlocked is not its person. */
export function PasswordAgain({ title, children, action, danger, onClose, onPassword }: PasswordAgainProps) {
  const { t } = useWords();
  const textOf = useErrorText();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const submit = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onPassword(password);
      onClose();
    } catch (error) {
      const isWrong = error instanceof ApiError && error.code === 'wrong_credentials';
      setRefusal(isWrong ? t('account.password.wrong') : textOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={title}
      action={action}
      onSubmit={submit}
      onClose={onClose}
      busy={busy}
      disabled={password === ''}
      danger={danger}
    >
      {children}
      <PasswordInput
        label={t('account.password.current')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={refusal}
      />
    </FormDialog>
  );
}
