import { Anchor } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useWords } from '../../words/words.ts';
import { DoorCard, DoorHead } from './door.tsx';
import { EmailField } from './door-fields.tsx';
import { DoorForm } from './door-form.tsx';

/** Asks for a link to set a new password. It is said the same whether anybody has the e-mail or not. */
export function ForgotPage() {
  const { t, language } = useWords();
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
    <DoorForm
      head={<DoorHead title={t('signIn.forgot.title')} text={t('signIn.forgot.text')} />}
      deed={ask}
      action={t('signIn.forgot.submit')}
      after={back}
    >
      <EmailField value={email} onChange={setEmail} autoFocus />
    </DoorForm>
  );
}
