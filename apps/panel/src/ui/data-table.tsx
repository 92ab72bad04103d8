import type { ReactNode } from 'react';
import css from './data-table.module.css';

interface DataTableProps {
  head: readonly string[];
  children: ReactNode;
  label: string;
}

/** A plain table in a card; on a phone it scrolls sideways within itself, never the page. */
export function DataTable({ head, children, label }: DataTableProps) {
  return (
    <section className={css.frame} aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
