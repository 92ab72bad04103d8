import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words.ts';
import css from './code-block.module.css';

interface CodeBlockProps {
  title: ReactNode;
  /** Coloured where it is JSON. */
  json?: boolean;
  code: string;
  /** What is copied, in words. */
  label: string;
}

const JSON_TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/gi;

/** A text to read and to copy. */
export function CodeBlock({ title, json = false, code, label }: CodeBlockProps) {
  const { t } = useWords();
  return (
    <figure className={css.block}>
      <figcaption className={css.head}>
        <span className={css.title}>{title}</span>
        <CopyButton value={code} timeout={2000}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="subtle"
              color={copied ? 'green' : 'gray'}
              onClick={copy}
              aria-label={copied ? t('shell.do.copied') : `${t('shell.do.copy')}: ${label}`}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          )}
        </CopyButton>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre className={css.code} tabIndex={0}>
        <code>{json ? coloured(code) : code}</code>
      </pre>
    </figure>
  );
}

function coloured(code: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of code.matchAll(JSON_TOKENS)) {
    const [whole, text, colon, word] = match;
    const kind = colon !== undefined ? css.key : text !== undefined ? css.text : word ? css.word : css.number;
    parts.push(code.slice(from, match.index));
    parts.push(
      <span key={match.index} className={kind}>
        {text ?? whole}
      </span>,
      colon ?? '',
    );
    from = match.index + whole.length;
  }
  parts.push(code.slice(from));
  return parts;
}
