import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { Door } from './door.tsx';
import css from './sign-in-page.module.css';

interface DoorFormProps {
  head: ReactNode;
  /** What is being done with the fields. */
  deed: { mutate(): void; isPending: boolean; error: Error | null };
  action: string;
  disabled?: boolean;
  /** Below the button. */
  after?: ReactNode;
  children: ReactNode;
}

/** A screen before the desk that asks for a few fields. */
export function DoorForm({ head, deed, action, disabled = false, after, children }: DoorFormProps) {
  const textOf = useErrorText();
  return (
    <Door>
      <PlainForm className={css.card} onSubmit={() => deed.mutate()}>
        {head}
        {deed.error && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {textOf(deed.error)}
          </Alert>
        )}
        {children}
        <Button type="submit" size="md" fullWidth loading={deed.isPending} disabled={disabled}>
          {action}
        </Button>
        {after}
      </PlainForm>
    </Door>
  );
}
