import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import { useAttempt } from './attempt.ts';
import css from './confirm-action.module.css';

interface ConfirmActionProps {
  opened: boolean;
  onClose(): void;
  /** A question that names what it is about. */
  title: string;
  /** Exactly what will happen. */
  children: ReactNode;
  /** The verb on the button: never “OK”. */
  action: string;
  danger?: boolean;
  /** Resolves when done; a refusal is shown here and nothing is closed. */
  onConfirm(): unknown;
}

/** Asks before something that cannot be taken back or that moves something in the world. */
export function ConfirmAction({
  opened,
  onClose,
  title,
  children,
  action,
  danger,
  onConfirm,
}: ConfirmActionProps) {
  const { t } = useWords();
  const { attempt, busy, refusal, forget } = useAttempt(onConfirm, onClose);
  const close = () => {
    forget();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <div className={css.text}>{children}</div>
      {refusal && (
        <p className={css.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={css.buttons}>
        <Button variant="default" onClick={close}>
          {t('shell.do.cancel')}
        </Button>
        <Button
          color={danger ? 'red' : 'accent'}
          loading={busy}
          onClick={() => void attempt()}
          data-autofocus
        >
          {action}
        </Button>
      </div>
    </Modal>
  );
}
