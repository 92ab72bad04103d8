import { useWords } from '../../words/words.ts';

/** The words for the casino's own alerts; where one is newer than this page, its code is better than nothing. */
export function useAlertTexts() {
  const { t, has } = useWords();
  const of = (key: string, otherwise: string) =>
    has(key) ? t(key as 'casinoAlerts.severities.critical') : otherwise;
  return {
    severityOf: (severity: string) => of(`casinoAlerts.severities.${severity}`, severity),
    alertTextOf: (code: string) => of(`casinoAlerts.codes.${code}`, code),
    /** What an exception of a machine says, by its SAS code. */
    exceptionTextOf: (code: string) => of(`casinoExceptions.${code}`, code),
    meterTextOf: (code: string) => of(`casinoMeters.${code}`, code),
  };
}
