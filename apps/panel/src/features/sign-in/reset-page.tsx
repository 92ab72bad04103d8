import { Alert, Button, PasswordInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { Door, DoorCard, DoorHead } from './door.tsx';
import { linkToken } from './link-token.ts';
import css from './sign-in-page.module.css';

/** Sets a new password by a mailed link. */
export function ResetPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const [token] = useState(linkToken);
  const [password, setPassword] = useState('');
  const { data: link } = useQuery({
    queryKey: ['reset', token],
    queryFn: () => (token ? api.call(routes.lookAtReset, { body: { token } }) : { good: false }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const reset = useMutation({
    mutationFn: () => api.call(routes.resetPassword, { body: { token, password } }),
  });
  if (reset.isSuccess)
    return (
      <DoorCard title={t('signIn.reset.done')} text={t('signIn.reset.doneText')}>
        <LinkButton to="/sign-in">{t('signIn.submit')}</LinkButton>
      </DoorCard>
    );
  if (link && !link.good)
    return (
      <DoorCard title={t('signIn.link.void')} text={t('errors.link_void')}>
        <LinkButton to="/forgot">{t('signIn.forgot.submit')}</LinkButton>
      </DoorCard>
    );
  return (
    <Door>
      <PlainForm className={css.card} onSubmit={() => reset.mutate()}>
        <DoorHead title={t('signIn.reset.title')} text={t('signIn.reset.text')} />
        {reset.error && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {textOf(reset.error)}
          </Alert>
        )}
        <PasswordInput
          label={t('account.password.next')}
          description={t('account.password.hint')}
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          autoFocus
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={reset.isPending} disabled={!link}>
          {t('signIn.reset.submit')}
        </Button>
      </PlainForm>
    </Door>
  );
}
