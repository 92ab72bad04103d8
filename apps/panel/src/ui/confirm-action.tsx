import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useErrorText } from '../words/error-text.ts';
import { useWords } from '../words/words.ts';
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
  const textOf = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const close = () => {
    setRefusal(undefined);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setRefusal(textOf(error));
    } finally {
      setBusy(false);
    }
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
          onClick={() => void confirm()}
          data-autofocus
        >
          {action}
        </Button>
      </div>
    </Modal>
  );
}
