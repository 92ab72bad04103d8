import type { ReactNode } from 'react';
import css from './data-table.module.css';

interface DataTableProps {
  /** Empty over a column of buttons. */
  head: readonly string[];
  children: ReactNode;
  label: string;
}

/** A plain table in a card; on a phone each row is a short list. */
export function DataTable({ head, children, label }: DataTableProps) {
  return (
    <section className={css.frame} aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            {head.map((text) =>
              text === '' ? (
                <td key={text} />
              ) : (
                <th key={text} scope="col">
                  {text}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
