import { Button } from '@mantine/core';
import { IconMoodConfuzed } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { useErrorText } from '../words/error-text.ts';
import { useWords } from '../words/words.ts';

/** A page that threw: the rest of the panel stays usable around it. */
export function BrokenPage({ error }: ErrorComponentProps) {
  const { t } = useWords();
  const textOf = useErrorText();
  return (
    <EmptyState
      icon={<IconMoodConfuzed size={28} />}
      title={t('shell.broken.title')}
      text={`${t('shell.broken.text')} ${textOf(error)}`}
    >
      <Button onClick={() => location.reload()}>{t('shell.broken.action')}</Button>
    </EmptyState>
  );
}
