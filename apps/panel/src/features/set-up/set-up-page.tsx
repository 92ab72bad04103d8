import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { sessionQuery } from '../../app/session.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useWords } from '../../words/words.ts';
import { DoorCard, DoorHead } from '../sign-in/door.tsx';
import { EmailField, NewPasswordField, PersonNameField } from '../sign-in/door-fields.tsx';
import { DoorForm } from '../sign-in/door-form.tsx';
import { linkToken } from '../sign-in/link-token.ts';

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
    <DoorForm
      head={
        <>
          <img src="/icon.svg" alt="" width={52} height={52} />
          <DoorHead title={t('setUp.title')} text={t('setUp.text')} />
        </>
      }
      deed={setUp}
      action={t('setUp.submit')}
    >
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
      <PersonNameField value={name} onChange={setName} />
      <EmailField value={email} onChange={setEmail} />
      <NewPasswordField label={t('signIn.password')} value={password} onChange={setPassword} />
    </DoorForm>
  );
}
