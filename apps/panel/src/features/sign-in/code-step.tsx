import { Alert, Anchor, Button, PinInput, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ApiError, routes, type Session } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './sign-in-page.module.css';

interface CodeStepProps {
  onSignedIn(session: Session): void;
  /** Back to e-mail and password. */
  onBack(): void;
}

/** The second step at the door: the app's code, or a recovery code. */
export function CodeStep({ onSignedIn, onBack }: CodeStepProps) {
  const { t } = useWords();
  const textOf = useErrorText();
  const [byRecovery, setByRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [recoveryCode, setRecoveryCode] = useState('');
  const enter = useMutation({
    mutationFn: () => api.call(routes.signInByCode, { body: byRecovery ? { recoveryCode } : { code } }),
    onSuccess: onSignedIn,
    onError: (error) => {
      setCode('');
      // The step is over after too many guesses or too long a wait.
      if (error instanceof ApiError && error.code === 'not_signed_in') onBack();
    },
  });
  const isWrong = enter.error instanceof ApiError && enter.error.code === 'wrong_credentials';
  return (
    <PlainForm className={css.card} onSubmit={() => enter.mutate()}>
      <div>
        <h1 className={css.title}>{t('signIn.code.title')}</h1>
        <p className={css.lead}>{byRecovery ? t('signIn.code.recovery') : t('signIn.code.app')}</p>
      </div>
      {enter.error && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {isWrong ? t('signIn.code.wrong') : textOf(enter.error)}
        </Alert>
      )}
      {byRecovery ? (
        <TextInput
          label={t('signIn.code.recoveryCode')}
          autoComplete="off"
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={recoveryCode}
          onChange={(event) => setRecoveryCode(event.currentTarget.value)}
        />
      ) : (
        <PinInput
          length={6}
          type="number"
          oneTimeCode
          autoFocus
          size="md"
          value={code}
          onChange={setCode}
          error={isWrong}
          aria-label={t('account.secondFactor.code')}
        />
      )}
      <Button
        type="submit"
        size="md"
        fullWidth
        loading={enter.isPending}
        disabled={byRecovery ? recoveryCode.trim() === '' : code.length !== 6}
      >
        {t('signIn.submit')}
      </Button>
      <div className={css.others}>
        <Anchor component="button" type="button" size="sm" onClick={() => setByRecovery(!byRecovery)}>
          {byRecovery ? t('signIn.code.useApp') : t('signIn.code.useRecovery')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t('signIn.code.back')}
        </Anchor>
      </div>
    </PlainForm>
  );
}
