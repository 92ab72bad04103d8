import { Button } from '@mantine/core';
import { IconUsersPlus } from '@tabler/icons-react';
import { EmptyState } from '../ui/empty-state.tsx';
import { useWords } from '../words/words.ts';
import { useSignOut } from './sign-out.ts';

/** Signed in, but a member nowhere: there is nothing to show, and only somebody else can mend that. */
export function NoOrganisation({ email }: { email: string }) {
  const { t } = useWords();
  const signOut = useSignOut();
  return (
    <EmptyState
      icon={<IconUsersPlus size={28} />}
      title={t('signIn.nowhere.title')}
      text={t('signIn.nowhere.text', { email })}
    >
      <Button variant="default" onClick={() => signOut.mutate()}>
        {t('shell.do.signOut')}
      </Button>
    </EmptyState>
  );
}
