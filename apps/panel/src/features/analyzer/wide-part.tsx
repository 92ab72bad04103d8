import type { ReactNode } from 'react';
import css from './analyzer.module.css';

/** What may be wider than its card: it scrolls in place, by keys too. */
export function WidePart({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={css.wide} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
