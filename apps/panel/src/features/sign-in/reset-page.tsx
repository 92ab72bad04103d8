import { useMutation, useQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useWords } from '../../words/words.ts';
import { DoorCard, DoorHead } from './door.tsx';
import { NewPasswordField } from './door-fields.tsx';
import { DoorForm } from './door-form.tsx';
import { linkToken } from './link-token.ts';

/** Sets a new password by a mailed link. */
export function ResetPage() {
  const { t } = useWords();
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
    <DoorForm
      head={<DoorHead title={t('signIn.reset.title')} text={t('signIn.reset.text')} />}
      deed={reset}
      action={t('signIn.reset.submit')}
      disabled={!link}
    >
      <NewPasswordField
        label={t('account.password.next')}
        value={password}
        onChange={setPassword}
        autoFocus
      />
    </DoorForm>
  );
}
