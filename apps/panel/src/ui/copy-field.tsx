import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '../words/words.ts';
import css from './copy-field.module.css';

/** A text made to be copied: a command, a token. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useWords();
  return (
    <div className={css.field}>
      <code className={css.value}>{value}</code>
      <CopyButton value={value} timeout={2500}>
        {({ copied, copy }) => (
          <Button
            variant={copied ? 'light' : 'filled'}
            color={copied ? 'green' : 'accent'}
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={copy}
            aria-label={`${t('shell.do.copy')}: ${label}`}
          >
            {copied ? t('shell.do.copied') : t('shell.do.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
