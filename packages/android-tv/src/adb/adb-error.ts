import { AppError, type AppErrorOptions, type Retry } from '@vakhta/kernel';

/**
 * Every way talking to an adbd can end badly, and whether asking again can help. A command whose answer was lost may
 * have run: 'after' says that a new connection may work, not that repeating the command is harmless.
 */
const retryByCode = {
  /** Nothing listens on the port: adbd is off, or the TV is still booting. */
  'adb.connect_refused': 'after',
  /** No answer to TCP within `timeouts.connect`: no power, deep standby, or a cut cable. */
  'adb.connect_timeout': 'after',
  /** No route or no such name. */
  'adb.unreachable': 'after',
  /** TCP was accepted but the handshake did not finish within `timeouts.auth`. */
  'adb.auth_timeout': 'after',
  /** The device knows none of our keys, and nobody accepted ours on its screen. */
  'adb.unauthorized': 'after',
  /** The connection ended while something was still expected of it. */
  'adb.closed': 'after',
  /** Bytes the device owes us, or must take from us, made no progress for `timeouts.stall`. */
  'adb.stalled': 'after',
  /** The command ran longer than its deadline; its stream was closed, the connection lives on. */
  'adb.deadline': 'after',
  /** The device refused the service or the file operation. */
  'adb.refused': 'never',
  /** Bytes that are not ADB, or ADB that we do not speak (TLS). */
  'adb.protocol': 'never',
  /** More output than the caller allowed, or a command longer than the device can take. */
  'adb.too_large': 'never',
} as const satisfies Record<string, Retry>;

export type AdbErrorCode = keyof typeof retryByCode;

/** What an adbd, or the wire to it, did instead of answering. */
export class AdbError extends AppError {
  declare readonly code: AdbErrorCode;

  constructor(code: AdbErrorCode, message: string, options: Omit<AppErrorOptions, 'retry'> = {}) {
    super(code, message, { ...options, retry: retryByCode[code] });
  }
}
