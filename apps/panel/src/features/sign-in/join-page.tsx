import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { routes, type Session } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { sessionQuery } from '../../app/session.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { DoorCard, DoorHead } from './door.tsx';
import { NewPasswordField, PersonNameField } from './door-fields.tsx';
import { DoorForm } from './door-form.tsx';
import { linkToken } from './link-token.ts';

/** Takes up an invitation: as somebody new, or as the person who is here already and signs in first. */
export function JoinPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const router = useRouter();
  const [token] = useState(linkToken);
  const { data: session } = useQuery(sessionQuery);
  const { data: invitation, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.call(routes.lookAtInvitation, { body: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const enter = useEnter();
  const join = useMutation({
    mutationFn: async () => {
      await api.call(routes.join, { body: { token } });
      return api.call(routes.getSession);
    },
    onSuccess: enter,
  });
  if (!token || error)
    return (
      <DoorCard title={t('signIn.link.void')} text={token && error ? textOf(error) : t('errors.link_void')} />
    );
  if (!invitation || session === undefined) return <PageLoading />;
  const { organisation, email, known } = invitation;
  if (!known) return <NewcomerForm token={token} invitation={invitation} onJoined={enter} />;
  const isThem = session?.user.email === email;
  const toSignIn = () =>
    router.history.push(`/sign-in?${new URLSearchParams({ to: `/join#${token}` }).toString()}`);
  return (
    <DoorCard
      title={t('signIn.join.title', { organisation })}
      text={t(isThem ? 'signIn.join.asYou' : 'signIn.join.signInFirst', { email })}
    >
      {join.error && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {textOf(join.error)}
        </Alert>
      )}
      {isThem ? (
        <Button size="md" loading={join.isPending} onClick={() => join.mutate()}>
          {t('signIn.join.submit')}
        </Button>
      ) : (
        <Button size="md" onClick={toSignIn}>
          {t('signIn.submit')}
        </Button>
      )}
    </DoorCard>
  );
}

/** Lets a session in: the desk opens. */
function useEnter(): (session: Session) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (session) => {
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, session);
    router.history.push('/');
  };
}

interface NewcomerFormProps {
  token: string;
  invitation: { organisation: string; email: string };
  onJoined(session: Session): void;
}

function NewcomerForm({ token, invitation: { organisation, email }, onJoined }: NewcomerFormProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const join = useMutation({
    mutationFn: () => api.call(routes.joinAsNew, { body: { token, name, password } }),
    onSuccess: onJoined,
  });
  return (
    <DoorForm
      head={
        <DoorHead title={t('signIn.join.title', { organisation })} text={t('signIn.join.asNew', { email })} />
      }
      deed={join}
      action={t('signIn.join.submit')}
    >
      <PersonNameField value={name} onChange={setName} autoFocus />
      <NewPasswordField label={t('signIn.password')} value={password} onChange={setPassword} />
    </DoorForm>
  );
}
