import type { GuestLabel } from '@vakhta/api';
import css from './guests.module.css';

/** A status or group as guests wear it: its letter on its colour, and its name. */
export function LabelMark({ label }: { label: Pick<GuestLabel, 'colour' | 'letter' | 'name'> }) {
  return (
    <span className={css.label} data-colour={label.colour}>
      <span aria-hidden="true">{label.letter}</span>
      {label.name}
    </span>
  );
}
