import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type OwnSession, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { Age } from '../../ui/age.tsx';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { tellDone } from '../../ui/notify.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';
import { deviceName } from './device-name.ts';

/** Where one is signed in; each can be ended from here. */
export function OwnSessions() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const { data: sessions = [] } = useQuery({
    queryKey: ['own-sessions'],
    queryFn: async (): Promise<OwnSession[]> => (await api.call(routes.listOwnSessions)).items,
  });
  const [ending, setEnding] = useState<OwnSession | 'others'>();
  const nameOf = ({ device }: OwnSession) => deviceName(device) || t('account.sessions.unknown');
  const end = async (what: OwnSession | 'others') => {
    if (what === 'others') await api.call(routes.endOtherSessions);
    else await api.call(routes.endOwnSession, { params: { session: what.id } });
    await queryClient.invalidateQueries({ queryKey: ['own-sessions'] });
    tellDone(t('account.sessions.ended'));
  };
  const one = ending === 'others' ? undefined : ending;
  return (
    <>
      <ul className={css.rows}>
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              {nameOf(session)}
              {session.current && <strong className={css.here}> · {t('account.sessions.here')}</strong>}
              <small>
                {session.address} · {t('account.sessions.started')}: <Age at={session.startedAt} /> ·{' '}
                {t('account.sessions.lastUsed')}: <Age at={session.lastUsedAt} />
              </small>
            </span>
            {!session.current && (
              <Button variant="subtle" color="red" size="xs" onClick={() => setEnding(session)}>
                {t('account.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button variant="default" onClick={() => setEnding('others')}>
          {t('account.sessions.endOthers')}
        </Button>
      )}
      <ConfirmAction
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={
          one ? t('account.sessions.endTitle', { device: nameOf(one) }) : t('account.sessions.endOthersTitle')
        }
        action={one ? t('account.sessions.end') : t('account.sessions.endOthers')}
        danger
        onConfirm={() => (ending ? end(ending) : undefined)}
      >
        <p>{t('account.sessions.endText')}</p>
      </ConfirmAction>
    </>
  );
}
