import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ApiError, routes, type Session } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { passkeyHindrance, provePasskey } from '../../app/passkey-browser.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './sign-in-page.module.css';

/** Signing in by a passkey, where the browser and the address let one be used. */
export function PasskeyButton({ onSignedIn }: { onSignedIn(session: Session): void }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const enter = useMutation({
    mutationFn: async (): Promise<Session | undefined> => {
      const { options } = await api.call(routes.challengeToSignIn);
      const credential = await provePasskey(options);
      return credential && api.call(routes.signInByPasskey, { body: { credential } });
    },
    onSuccess: (session) => session && onSignedIn(session),
  });
  if (passkeyHindrance()) return null;
  const isUnknown = enter.error instanceof ApiError && enter.error.code === 'wrong_credentials';
  const gaveUp = enter.isSuccess && !enter.data;
  return (
    <>
      <Button
        variant="default"
        size="md"
        fullWidth
        leftSection={<IconFingerprint size={20} stroke={1.6} />}
        loading={enter.isPending}
        onClick={() => enter.mutate()}
      >
        {t('signIn.byPasskey')}
      </Button>
      {(enter.error || gaveUp) && (
        <p className={css.refusal} role="alert">
          {gaveUp ? t('signIn.passkeyGivenUp') : isUnknown ? t('signIn.wrongPasskey') : textOf(enter.error)}
        </p>
      )}
    </>
  );
}
