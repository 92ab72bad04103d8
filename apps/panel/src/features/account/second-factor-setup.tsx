import { PinInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { sessionQuery } from '../../app/session.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

interface SecondFactorSetupProps {
  /** 'otpauth://totp/…' */
  uri: string;
  onClose(): void;
  onConfirmed(): void;
}

/** The app reads the picture, its code proves that it did. */
export function SecondFactorSetup({ uri, onClose, onConfirmed }: SecondFactorSetupProps) {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const confirm = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await api.call(routes.confirmSecondFactor, { body: { code } });
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      onConfirmed();
    } catch (error) {
      const isWrong = error instanceof ApiError && error.code === 'wrong_credentials';
      setRefusal(isWrong ? t('account.secondFactor.wrongCode') : textOf(error));
    } finally {
      setBusy(false);
    }
  };
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <FormDialog
      title={t('account.secondFactor.setUp')}
      action={t('account.secondFactor.turnOn')}
      onSubmit={confirm}
      onClose={onClose}
      busy={busy}
      disabled={code.length !== 6}
      refusal={refusal}
    >
      <p className={css.step}>{t('account.secondFactor.scan')}</p>
      <QrCode text={uri} label={t('account.secondFactor.qr')} />
      <details className={css.byHand}>
        <summary>{t('account.secondFactor.byHand')}</summary>
        <CopyField value={secret} label={t('account.secondFactor.secret')} />
      </details>
      <p className={css.step}>{t('account.secondFactor.enterCode')}</p>
      <PinInput
        length={6}
        type="number"
        oneTimeCode
        value={code}
        onChange={setCode}
        error={refusal !== undefined}
        aria-label={t('account.secondFactor.code')}
      />
    </FormDialog>
  );
}
