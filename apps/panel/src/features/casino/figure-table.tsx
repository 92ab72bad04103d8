import type { ReactNode } from 'react';
import css from './figure-table.module.css';

interface FigureTableProps {
  label: string;
  /** Headings of the columns with words; the first names the line. */
  words: readonly string[];
  /** Headings of the columns with figures, each with its unit. */
  figures: readonly string[];
  children: ReactNode;
}

/** Lines of figures, right-aligned below their headings; on a narrow screen it is moved sideways below its first column. */
export function FigureTable({ label, words, figures, children }: FigureTableProps) {
  return (
    <section className={css.frame} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <div className={css.scroll} tabIndex={0}>
        <table className={css.table}>
          <thead className={css.head}>
            <tr>
              {words.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
              {figures.map((title) => (
                <th key={title} scope="col" className={css.figure}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={css.body} data-words={words.length}>
            {children}
          </tbody>
        </table>
      </div>
    </section>
  );
}
