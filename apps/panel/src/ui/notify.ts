import { notifications } from '@mantine/notifications';
import type { AlertSeverity } from '@vakhta/api';
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

/**
 * An alert: the worse, the longer it stays on the screen; what is critical stays until it is closed or hidden. Told again,
 * it takes the place of what was told of it before.
 */
export const tellAlert = (id: string, message: string, severity: AlertSeverity): void => {
  hideAlert(id);
  notifications.show({
    id,
    message,
    color: { notice: 'gray', warning: 'yellow', critical: 'red' }[severity],
    autoClose: { notice: 6000, warning: 15_000, critical: false as const }[severity],
    closeButtonProps: { 'aria-label': i18next.t('shell.do.close') },
  });
};

/** Somebody is on it, or it is over. */
export const hideAlert = (id: string): void => {
  notifications.hide(id);
};
