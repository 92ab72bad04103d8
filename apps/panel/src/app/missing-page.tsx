import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { useWords } from '../words/words.ts';

/** An address that leads nowhere. */
export function MissingPage() {
  const { t } = useWords();
  return (
    <EmptyState
      icon={<IconMapQuestion size={28} />}
      title={t('shell.notFound.title')}
      text={t('shell.notFound.text')}
    >
      <Button component={Link} to="/account">
        {t('shell.notFound.action')}
      </Button>
    </EmptyState>
  );
}
