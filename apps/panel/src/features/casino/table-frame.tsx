import type { ReactNode } from 'react';
import css from './table.module.css';

interface TableFrameProps {
  label: string;
  /** The cells of the head. */
  head: ReactNode;
  /** How many columns hold words before those with figures; undefined where each cell says for itself. */
  words?: number;
  children: ReactNode;
}

/** A table in a card; on a narrow screen it is moved sideways below its first column. */
export function TableFrame({ label, head, words, children }: TableFrameProps) {
  return (
    <section className={css.frame} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <div className={css.scroll} tabIndex={0}>
        <table className={css.table}>
          <thead className={css.head}>
            <tr>{head}</tr>
          </thead>
          <tbody className={css.body} data-words={words}>
            {children}
          </tbody>
        </table>
      </div>
    </section>
  );
}
