import { Button, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiToken, Permission, permissions, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useSession } from '../../app/session.ts';
import { Age } from '../../ui/age.tsx';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { tellDone } from '../../ui/notify.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

/** A person's API tokens: made, shown once, revoked. */
export function ApiTokens() {
  const { t, say } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const { data: tokens } = useQuery({
    queryKey: ['tokens'],
    queryFn: async (): Promise<ApiToken[]> => (await api.call(routes.listTokens)).items,
  });
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Permission[]>([]);
  const held = useSession().membership?.permissions ?? [];
  const [revoking, setRevoking] = useState<ApiToken>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });
  const create = useMutation({
    mutationFn: () =>
      api.call(routes.createToken, {
        body: { name, ...(scopes.length > 0 && { permissions: scopes }) },
      }),
    onSuccess: () => {
      setName('');
      setScopes([]);
      return refresh();
    },
  });
  const revoke = async (token: ApiToken) => {
    await api.call(routes.revokeToken, { params: { token: token.id } });
    if (create.data?.id === token.id) create.reset();
    await refresh();
    tellDone(t('account.tokens.revoked'));
  };
  return (
    <>
      {create.data && (
        <div className={css.secret} role="status">
          <p>{t('account.tokens.once')}</p>
          <CopyField value={create.data.secret} label={create.data.name} />
        </div>
      )}
      {tokens?.length === 0 && <p className={css.empty}>{t('account.tokens.empty')}</p>}
      {tokens && tokens.length > 0 && (
        <ul className={css.rows}>
          {tokens.map((token) => (
            <li key={token.id}>
              <span>
                {token.name}
                <small>
                  {token.permissions
                    ? token.permissions.map((one) => say(permissions[one])).join(', ')
                    : t('account.tokens.everything')}
                </small>
                <small>
                  {t('account.tokens.created')}: <Age at={token.createdAt} /> · {t('account.tokens.lastUsed')}
                  : {token.lastUsedAt ? <Age at={token.lastUsedAt} /> : t('account.tokens.never')}
                </small>
              </span>
              <Button variant="subtle" color="red" size="xs" onClick={() => setRevoking(token)}>
                {t('account.tokens.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <PlainForm className={css.form} onSubmit={() => create.mutate()}>
        <TextInput
          label={t('account.tokens.name')}
          placeholder={t('account.tokens.namePlaceholder')}
          required
          withAsterisk={false}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={create.error && textOf(create.error)}
        />
        <MultiSelect
          label={t('account.tokens.scopes')}
          description={t('account.tokens.scopesHint')}
          placeholder={scopes.length === 0 ? t('account.tokens.everything') : undefined}
          data={Permission.options
            .filter((one) => held.includes(one))
            .map((one) => ({ value: one, label: say(permissions[one]) }))}
          value={scopes}
          onChange={(chosen) => setScopes(chosen as Permission[])}
          clearButtonProps={{ 'aria-label': t('shell.do.remove') }}
        />
        <Button type="submit" variant="default" loading={create.isPending} disabled={name.trim() === ''}>
          {t('account.tokens.create')}
        </Button>
      </PlainForm>
      <ConfirmAction
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={t('account.tokens.revokeTitle', { name: revoking?.name ?? '' })}
        action={t('account.tokens.revoke')}
        danger
        onConfirm={() => (revoking ? revoke(revoking) : undefined)}
      >
        <p>{t('account.tokens.revokeText')}</p>
      </ConfirmAction>
    </>
  );
}
