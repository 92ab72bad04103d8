import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ApiError, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { tellDone } from '../../ui/notify.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

const MIN_LENGTH = 10;

/** Changes one's own password. */
export function PasswordForm() {
  const { t } = useWords();
  const textOf = useErrorText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => api.call(routes.changePassword, { body: { current, next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      tellDone(t('account.password.changed'));
    },
  });
  const isWrong = change.error instanceof ApiError && change.error.code === 'wrong_credentials';
  return (
    <PlainForm className={css.form} onSubmit={() => change.mutate()}>
      <PasswordInput
        label={t('account.password.current')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={isWrong && t('account.password.wrong')}
      />
      <PasswordInput
        label={t('account.password.next')}
        description={t('account.password.hint')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={MIN_LENGTH}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        error={change.error && !isWrong && textOf(change.error)}
      />
      <Button type="submit" disabled={next.length < MIN_LENGTH || current === ''} loading={change.isPending}>
        {t('account.password.submit')}
      </Button>
    </PlainForm>
  );
}
