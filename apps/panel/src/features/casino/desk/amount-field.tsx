import { TextInput } from '@mantine/core';
import { useWords } from '../../../words/words.ts';
import { useMoney } from '../money.ts';
import css from './desk.module.css';

interface AmountFieldProps {
  label: string;
  description?: string;
  value: string;
  onChange(value: string): void;
  error?: string | undefined;
}

/** An amount in the hall's currency, typed as people write it: 25, 25.50 or 25,50. */
export function AmountField({ label, description, value, onChange, error }: AmountFieldProps) {
  const { t } = useWords();
  const { parse, currency } = useMoney();
  const isWrong = value.trim() !== '' && parse(value) === undefined;
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className={css.currency}>{currency}</span>}
      rightSectionWidth={54}
      classNames={{ input: css.amount }}
      error={isWrong ? t('casinoDesk.notAnAmount') : error}
      data-autofocus
    />
  );
}
