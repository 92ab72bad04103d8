import { PasswordInput, TextInput } from '@mantine/core';
import { useWords } from '../../words/words.ts';

interface FieldProps {
  value: string;
  onChange(value: string): void;
  autoFocus?: boolean;
}

const alike = { required: true, withAsterisk: false, size: 'md' } as const;

export function EmailField({ value, onChange, autoFocus = false }: FieldProps) {
  const { t } = useWords();
  return (
    <TextInput
      {...alike}
      label={t('signIn.email')}
      type="email"
      name="email"
      autoComplete="username"
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function PersonNameField({ value, onChange, autoFocus = false }: FieldProps) {
  const { t } = useWords();
  return (
    <TextInput
      {...alike}
      label={t('signIn.join.name')}
      name="name"
      autoComplete="name"
      maxLength={120}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A password that is chosen here. */
export function NewPasswordField({
  label,
  value,
  onChange,
  autoFocus = false,
}: FieldProps & { label: string }) {
  const { t } = useWords();
  return (
    <PasswordInput
      {...alike}
      label={label}
      description={t('account.password.hint')}
      name="password"
      autoComplete="new-password"
      minLength={10}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
