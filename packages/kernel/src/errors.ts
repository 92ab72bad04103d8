/** What the caller may do after an error: repeat at once, repeat after a wait or a repair, or never. */
export type Retry = 'safe' | 'after' | 'never';

export interface AppErrorOptions {
  /** Ids, limits, bytes as hex: what an engineer needs. Never secrets, never personal data. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  readonly retry?: Retry;
}

/**
 * The one base of our errors. `code` is stable and dotted ('link.bad_signature'); user texts are keyed by it,
 * `message` is for engineers.
 */
export class AppError extends Error {
  readonly code: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly retry: Retry;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.context = options.context ?? {};
    this.retry = options.retry ?? 'never';
  }
}

/** A broken invariant of ours: a bug, never the user's or the device's doing. */
export class InternalError extends AppError {}

/** The caller used an interface in a way its types or docs forbid. */
export class UsageError extends AppError {}

/** Makes a switch exhaustive: the compiler refuses it while a case is missing. */
export function unreachable(value: never): never {
  throw new InternalError('kernel.unreachable', `unexpected variant: ${JSON.stringify(value)}`);
}
