import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { sessionQuery, useSession } from '../../app/session.ts';
import { tellDone } from '../../ui/notify.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';
import { PasswordAgain } from './password-again.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecondFactorSetup } from './second-factor-setup.tsx';

type Asking = 'setUp' | 'turnOff' | 'newCodes';

/** Codes of an authenticator app in addition to the password. */
export function SecondFactor() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const isOn = useSession().session.user.secondFactor;
  const [asking, setAsking] = useState<Asking>();
  const [begun, setBegun] = useState<{ uri: string; recoveryCodes: string[] }>();
  const [codes, setCodes] = useState<readonly string[]>();
  const deeds: Record<Asking, (password: string) => Promise<void>> = {
    setUp: async (password) => setBegun(await api.call(routes.beginSecondFactor, { body: { password } })),
    turnOff: async (password) => {
      await api.call(routes.turnOffSecondFactor, { body: { password } });
      setCodes(undefined);
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      tellDone(t('account.secondFactor.turnedOff'));
    },
    newCodes: async (password) =>
      setCodes((await api.call(routes.renewRecoveryCodes, { body: { password } })).recoveryCodes),
  };
  return (
    <>
      <p className={css.state}>{isOn ? t('account.secondFactor.isOn') : t('account.secondFactor.isOff')}</p>
      {codes && <RecoveryCodes codes={codes} />}
      <div className={css.switches}>
        {isOn ? (
          <>
            <Button variant="default" onClick={() => setAsking('newCodes')}>
              {t('account.secondFactor.newCodes')}
            </Button>
            <Button variant="subtle" color="red" onClick={() => setAsking('turnOff')}>
              {t('account.secondFactor.turnOff')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setAsking('setUp')}>{t('account.secondFactor.setUp')}</Button>
        )}
      </div>
      {asking && (
        <PasswordAgain
          title={t(`account.secondFactor.${asking}`)}
          action={asking === 'turnOff' ? t('account.secondFactor.turnOff') : t('account.secondFactor.goOn')}
          danger={asking === 'turnOff'}
          onClose={() => setAsking(undefined)}
          onPassword={deeds[asking]}
        >
          <p className={css.step}>{t(`account.secondFactor.about.${asking}`)}</p>
        </PasswordAgain>
      )}
      {begun && (
        <SecondFactorSetup
          uri={begun.uri}
          onClose={() => setBegun(undefined)}
          onConfirmed={() => {
            setCodes(begun.recoveryCodes);
            setBegun(undefined);
          }}
        />
      )}
    </>
  );
}
