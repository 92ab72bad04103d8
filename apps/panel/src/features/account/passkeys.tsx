import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Passkey, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { makePasskey, passkeyHindrance } from '../../app/passkey-browser.ts';
import { Age } from '../../ui/age.tsx';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { tellDone } from '../../ui/notify.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';
import { deviceName } from './device-name.ts';
import { PasskeyName } from './passkey-name.tsx';
import { PasswordAgain } from './password-again.tsx';

/** Passkeys: made, named, removed. */
export function Passkeys() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const { data: passkeys } = useQuery({
    queryKey: ['passkeys'],
    queryFn: async (): Promise<Passkey[]> => (await api.call(routes.listPasskeys)).items,
  });
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const [renaming, setRenaming] = useState<Passkey>();
  const [removing, setRemoving] = useState<Passkey>();
  const hindrance = passkeyHindrance();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['passkeys'] });
  const add = async (password: string) => {
    const { options } = await api.call(routes.challengeToAddPasskey, { body: { password } });
    const credential = await makePasskey(options);
    if (!credential) return;
    await api.call(routes.addPasskey, { body: { name, credential } });
    await refresh();
    tellDone(t('account.passkeys.added'));
  };
  const remove = async (passkey: Passkey) => {
    await api.call(routes.removePasskey, { params: { passkey: passkey.id } });
    await refresh();
    tellDone(t('account.passkeys.removed'));
  };
  return (
    <>
      {passkeys?.length === 0 && <p className={css.empty}>{t('account.passkeys.empty')}</p>}
      {passkeys && passkeys.length > 0 && (
        <ul className={css.rows}>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>
                {passkey.name}
                <small>
                  {t('account.passkeys.created')}: <Age at={passkey.createdAt} />
                </small>
              </span>
              <span className={css.rowButtons}>
                <Button variant="subtle" size="xs" onClick={() => setRenaming(passkey)}>
                  {t('shell.do.rename')}
                </Button>
                <Button variant="subtle" color="red" size="xs" onClick={() => setRemoving(passkey)}>
                  {t('shell.do.remove')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {hindrance ? (
        <p className={css.empty}>{t(`account.passkeys.hindrance.${hindrance}`)}</p>
      ) : (
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('account.passkeys.add')}
        </Button>
      )}
      {adding && (
        <PasswordAgain
          title={t('account.passkeys.add')}
          action={t('account.passkeys.make')}
          onClose={() => setAdding(false)}
          onPassword={add}
        >
          <p className={css.step}>{t('account.passkeys.about')}</p>
          <TextInput
            label={t('account.passkeys.name')}
            required
            withAsterisk={false}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </PasswordAgain>
      )}
      {renaming && (
        <PasskeyName passkey={renaming} onClose={() => setRenaming(undefined)} onRenamed={refresh} />
      )}
      <ConfirmAction
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('account.passkeys.removeTitle', { name: removing?.name ?? '' })}
        action={t('shell.do.remove')}
        danger
        onConfirm={() => (removing ? remove(removing) : undefined)}
      >
        <p>{t('account.passkeys.removeText')}</p>
      </ConfirmAction>
    </>
  );
}
