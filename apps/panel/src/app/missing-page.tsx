import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
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
      <LinkButton to="/">{t('shell.notFound.action')}</LinkButton>
    </EmptyState>
  );
}
