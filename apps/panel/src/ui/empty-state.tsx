import type { ReactNode } from 'react';
import css from './empty-state.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do next, in words. */
  text?: string | undefined;
  /** The button or link that does it. */
  children?: ReactNode;
}

/** Nothing to show yet: says why and teaches the next step. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <section className={css.empty}>
      {icon && <div className={css.icon}>{icon}</div>}
      <h2 className={css.title}>{title}</h2>
      {text && <p className={css.text}>{text}</p>}
      {children && <div className={css.actions}>{children}</div>}
    </section>
  );
}
