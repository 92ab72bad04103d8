import type { ReactNode } from 'react';
import css from './table.module.css';
import { TableFrame } from './table-frame.tsx';

interface FigureTableProps {
  label: string;
  /** Headings of the columns with words; the first names the line. */
  words: readonly string[];
  /** Headings of the columns with figures, each with its unit. */
  figures: readonly string[];
  children: ReactNode;
}

/** Lines of words and then of figures, which stand right-aligned below their headings. */
export function FigureTable({ label, words, figures, children }: FigureTableProps) {
  const head = [...words, ...figures].map((title, index) => (
    <th key={title} scope="col" className={index < words.length ? undefined : css.figure}>
      {title}
    </th>
  ));
  return (
    <TableFrame label={label} words={words.length} head={head}>
      {children}
    </TableFrame>
  );
}
