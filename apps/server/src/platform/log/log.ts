import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** Structured log lines: `{ event: 'link.connected', agent }`, ids as fields, no personal data. */
export type Log = Logger;

export const logLevels = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What must never reach a log, wherever it stands in the fields of a line. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** JSON lines to `destination`, standard output unless given. */
export function createLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: SECRETS,
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
