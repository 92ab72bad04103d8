import { Alert, Anchor, Button, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { Door, DoorCard, DoorHead } from './door.tsx';
import css from './sign-in-page.module.css';

/** Asks for a link to set a new password. It is said the same whether anybody has the e-mail or not. */
export function ForgotPage() {
  const { t, language } = useWords();
  const textOf = useErrorText();
  const [email, setEmail] = useState('');
  const ask = useMutation({
    mutationFn: () => api.call(routes.forgotPassword, { body: { email: email.trim(), language } }),
  });
  const back = (
    <Anchor component={Link} to="/sign-in" size="sm">
      {t('signIn.forgot.back')}
    </Anchor>
  );
  if (ask.isSuccess)
    return (
      <DoorCard title={t('signIn.forgot.sent')} text={t('signIn.forgot.sentText', { email: email.trim() })}>
        {back}
      </DoorCard>
    );
  return (
    <Door>
      <PlainForm className={css.card} onSubmit={() => ask.mutate()}>
        <DoorHead title={t('signIn.forgot.title')} text={t('signIn.forgot.text')} />
        {ask.error && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {textOf(ask.error)}
          </Alert>
        )}
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={ask.isPending}>
          {t('signIn.forgot.submit')}
        </Button>
        {back}
      </PlainForm>
    </Door>
  );
}
