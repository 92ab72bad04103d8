import type { ReactNode } from 'react';
import { LanguageSwitch } from '../../app/language-switch.tsx';
import css from './sign-in-page.module.css';

/** The frame of every screen before the desk: what is given, and the switch of languages below. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main className={css.door}>
      {children}
      <LanguageSwitch />
    </main>
  );
}

interface DoorCardProps {
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}

/** A card that is no form: something was done, or a link leads nowhere. */
export function DoorCard({ title, text, children }: DoorCardProps) {
  return (
    <Door>
      <section className={css.card}>
        <DoorHead title={title} text={text} />
        {children}
      </section>
    </Door>
  );
}

export function DoorHead({ title, text }: Omit<DoorCardProps, 'children'>) {
  return (
    <div>
      <h1 className={css.title}>{title}</h1>
      {text && <p className={css.lead}>{text}</p>}
    </div>
  );
}
