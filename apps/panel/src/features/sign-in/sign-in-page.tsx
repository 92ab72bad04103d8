import { Alert, Anchor, Button, PasswordInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { ApiError, routes, type Session } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { LanguageSwitch } from '../../app/language-switch.tsx';
import { sessionQuery } from '../../app/session.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { CodeStep } from './code-step.tsx';
import { EmailField } from './door-fields.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import css from './sign-in-page.module.css';

/** The door. */
export function SignInPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { to } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const { data: door } = useQuery({ queryKey: ['door'], queryFn: () => api.call(routes.getDoor) });

  const enter = (session: Session) => {
    queryClient.setQueryData(sessionQuery.queryKey, session);
    router.history.push(to ?? '/');
  };

  const signIn = useMutation({
    mutationFn: () => api.call(routes.signIn, { body: { email: email.trim(), password } }),
    onSuccess: enter,
  });
  const codeNeeded = signIn.error instanceof ApiError && signIn.error.code === 'second_factor_needed';

  if (codeNeeded)
    return (
      <main className={css.door}>
        <CodeStep onSignedIn={enter} onBack={() => signIn.reset()} />
        <LanguageSwitch />
      </main>
    );

  return (
    <main className={css.door}>
      <PlainForm className={css.card} onSubmit={() => signIn.mutate()}>
        <img src="/icon.svg" alt="" width={52} height={52} />
        <div>
          <h1 className={css.title}>{t('shell.brand')}</h1>
          <p className={css.lead}>{t('signIn.lead')}</p>
        </div>
        {signIn.error && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {textOf(signIn.error)}
          </Alert>
        )}
        <EmailField value={email} onChange={setEmail} autoFocus />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
        <PasskeyButton onSignedIn={enter} />
        {door?.empty && <p className={css.note}>{t('setUp.needsLink')}</p>}
        {door?.mail ? (
          <Anchor component={Link} to="/forgot" size="sm">
            {t('signIn.forgot.link')}
          </Anchor>
        ) : (
          <p className={css.note}>{t('signIn.forgotten')}</p>
        )}
      </PlainForm>
      <LanguageSwitch />
    </main>
  );
}
