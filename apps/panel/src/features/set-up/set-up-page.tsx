import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { sessionQuery } from '../../app/session.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { Door, DoorCard, DoorHead } from '../sign-in/door.tsx';
import { linkToken } from '../sign-in/link-token.ts';
import css from '../sign-in/sign-in-page.module.css';

/** Makes the first organisation of an empty desk, and its owner. */
export function SetUpPage() {
  const { t } = useWords();
  const [token] = useState(linkToken);
  const { data: door } = useQuery({ queryKey: ['door'], queryFn: () => api.call(routes.getDoor) });
  if (!door) return <PageLoading />;
  if (!door.empty)
    return (
      <DoorCard title={t('setUp.taken')} text={t('setUp.takenText')}>
        <LinkButton to="/sign-in">{t('signIn.submit')}</LinkButton>
      </DoorCard>
    );
  if (!token) return <DoorCard title={t('setUp.title')} text={t('setUp.needsLink')} />;
  return <OwnerForm token={token} />;
}

function OwnerForm({ token }: { token: string }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [organisation, setOrganisation] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setUp = useMutation({
    mutationFn: () =>
      api.call(routes.setUp, { body: { token, organisation, name, email: email.trim(), password } }),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.history.push('/welcome');
    },
  });
  return (
    <Door>
      <PlainForm className={css.card} onSubmit={() => setUp.mutate()}>
        <img src="/icon.svg" alt="" width={52} height={52} />
        <DoorHead title={t('setUp.title')} text={t('setUp.text')} />
        {setUp.error && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {textOf(setUp.error)}
          </Alert>
        )}
        <TextInput
          label={t('setUp.organisation')}
          description={t('setUp.organisationHint')}
          autoComplete="organization"
          required
          withAsterisk={false}
          autoFocus
          maxLength={120}
          size="md"
          value={organisation}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
        />
        <TextInput
          label={t('signIn.join.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={120}
          size="md"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          description={t('account.password.hint')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={setUp.isPending}>
          {t('setUp.submit')}
        </Button>
      </PlainForm>
    </Door>
  );
}
