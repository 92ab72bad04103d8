import type { AlertSeverity } from './alerts.ts';

interface ExceptionAlert {
  code: string;
  severity: AlertSeverity;
  opens: readonly string[];
  /** None: it stays, or something else clears it. */
  clears: readonly string[];
}

/** Which SAS exceptions open an alert on the machine, and which clear it. */
const catalogue: readonly ExceptionAlert[] = [
  { code: 'DOOR_MAIN', severity: 'high', opens: ['11'], clears: ['12'] },
  { code: 'DOOR_DROP', severity: 'high', opens: ['13'], clears: ['14'] },
  { code: 'DOOR_LOGIC', severity: 'critical', opens: ['15'], clears: ['16'] },
  { code: 'DOOR_CASHBOX', severity: 'high', opens: ['19'], clears: ['1A'] },
  { code: 'STACKER_REMOVED', severity: 'high', opens: ['1B'], clears: ['1C'] },
  { code: 'POWER_LOST', severity: 'high', opens: ['18'], clears: ['17'] },
  // The next game clears it.
  { code: 'TILT_GENERAL', severity: 'high', opens: ['20'], clears: [] },
  { code: 'CASHBOX_FULL', severity: 'high', opens: ['27'], clears: ['1C'] },
  { code: 'HANDPAY_PENDING', severity: 'high', opens: ['51'], clears: ['52'] },
  { code: 'MENU_ENTERED', severity: 'info', opens: ['84'], clears: ['85'] },
  { code: 'RAM_CLEAR', severity: 'critical', opens: ['3A', '7A'], clears: [] },
  { code: 'EXCEPTION_OVERFLOW', severity: 'critical', opens: ['70'], clears: [] },
  // Critical while there are credits on the machine.
  { code: 'CONFIG_CHANGED', severity: 'warning', opens: ['3C'], clears: [] },
];

export const alertsOpenedBy = (exception: string): readonly ExceptionAlert[] =>
  catalogue.filter(({ opens }) => opens.includes(exception));
export const alertsClearedBy = (exception: string): readonly ExceptionAlert[] =>
  catalogue.filter(({ clears }) => clears.includes(exception));
