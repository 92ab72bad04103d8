import { type ReactNode, useEffect } from 'react';
import { usePast } from '../past/past.ts';
import { useWords } from '../words/words.ts';
import css from './page-head.module.css';

interface PageHeadProps {
  title: string;
  /** One line below the title. */
  text?: ReactNode;
  /** The page's own buttons. */
  children?: ReactNode;
}

/** A page's title, which is also the browser tab's. */
export function PageHead({ title, text, children }: PageHeadProps) {
  const { t } = useWords();
  const brand = usePast() ? `${t('past.mark')} · ${t('shell.brand')}` : t('shell.brand');
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <header className={css.head}>
      <div className={css.words}>
        <h1 className={css.title}>{title}</h1>
        {text && <p className={css.text}>{text}</p>}
      </div>
      {children && <div className={css.actions}>{children}</div>}
    </header>
  );
}
