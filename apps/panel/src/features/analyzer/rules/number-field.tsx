import { useState } from 'react';
import css from './fields.module.css';

interface NumberFieldProps {
  label: string;
  value: number | null;
  min: number;
  max: number;
  step?: number;
  /** Shown while there is no number; leaving the field empty then means null. */
  none?: string;
  short?: boolean;
  /** Told to those who do not see the table around it. */
  hiddenLabel?: boolean;
  onChange(value: number | null): void;
}

/** A number; what is being typed stays as typed until it is one. */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  none,
  short,
  hiddenLabel,
  onChange,
}: NumberFieldProps) {
  const [draft, setDraft] = useState<string>();
  const type = (text: string) => {
    setDraft(text);
    if (text.trim() === '') {
      if (none !== undefined) onChange(null);
      return;
    }
    const typed = Number(text.replace(',', '.').replace('−', '-'));
    if (Number.isFinite(typed)) onChange(typed);
  };
  return (
    <label className={css.field} data-short={short || undefined}>
      {!hiddenLabel && <span>{label}</span>}
      <input
        type="number"
        aria-label={hiddenLabel ? label : undefined}
        inputMode="decimal"
        value={draft ?? value ?? ''}
        placeholder={none}
        min={min}
        max={max}
        step={step}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => setDraft(undefined)}
      />
    </label>
  );
}
