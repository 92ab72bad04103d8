import { Button, Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import css from './form-dialog.module.css';
import { PlainForm } from './plain-form.tsx';

interface FormDialogProps {
  title: string;
  /** On the button that does it. */
  action: string;
  onSubmit(): unknown;
  onClose(): void;
  busy: boolean;
  /** Whether it can not be done yet. */
  disabled?: boolean;
  /** Why it was refused; left out where a field says so itself. */
  refusal?: string | undefined;
  danger?: boolean;
  size?: ModalProps['size'];
  children: ReactNode;
}

/** A dialog that asks for a few fields and does one thing with them. */
export function FormDialog({
  title,
  action,
  onSubmit,
  onClose,
  busy,
  disabled = false,
  refusal,
  danger = false,
  size = 'md',
  children,
}: FormDialogProps) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <PlainForm className={css.form} onSubmit={onSubmit}>
        {children}
        {refusal && (
          <p className={css.refusal} role="alert">
            {refusal}
          </p>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('shell.do.cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red' : 'accent'} loading={busy} disabled={disabled}>
            {action}
          </Button>
        </div>
      </PlainForm>
    </Modal>
  );
}
