import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

const show = (message: string, color: string, autoClose: number): void => {
  notifications.show({
    message,
    color,
    autoClose,
    closeButtonProps: { 'aria-label': i18next.t('shell.do.close') },
  });
};

/** A short word that something was done; read out by screen readers, gone by itself. */
export const tellDone = (message: string): void => show(message, 'green', 4000);

/** A refusal that belongs to no field on the screen. */
export const tellRefused = (message: string): void => show(message, 'red', 10_000);
