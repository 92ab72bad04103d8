import { notifications } from '@mantine/notifications';

/** A short word that something was done; read out by screen readers, gone by itself. */
export const tellDone = (message: string): void => {
  notifications.show({ message, color: 'green', autoClose: 4000 });
};

/** A refusal that belongs to no field on the screen. */
export const tellRefused = (message: string): void => {
  notifications.show({ message, color: 'red', autoClose: 10_000 });
};
