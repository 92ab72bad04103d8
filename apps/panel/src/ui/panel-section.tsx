import type { ReactNode } from 'react';
import css from './panel-section.module.css';

interface PanelSectionProps {
  title: string;
  text?: ReactNode;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled card on a page. */
export function PanelSection({ title, text, aside, children }: PanelSectionProps) {
  return (
    <section className={css.section}>
      <header className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {aside && <div className={css.aside}>{aside}</div>}
      </header>
      {text && <p className={css.text}>{text}</p>}
      {children}
    </section>
  );
}
