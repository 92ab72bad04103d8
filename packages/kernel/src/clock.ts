/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;
/** Milliseconds. */
export type Duration = number;

export const milliseconds = (n: number): Duration => n;
export const seconds = (n: number): Duration => n * 1000;
export const minutes = (n: number): Duration => n * 60_000;
export const hours = (n: number): Duration => n * 3_600_000;
export const days = (n: number): Duration => n * 86_400_000;

/** A timer that has been set; `cancel` is idempotent. */
export interface Timer {
  cancel(): void;
}

/**
 * Where time comes from. `now` may jump (an operator or NTP sets the clock); `monotonic` never goes back and is
 * what time-outs and ages of local things are measured with.
 */
export interface Clock {
  now(): Instant;
  /** Milliseconds since an arbitrary start. */
  monotonic(): Duration;
  after(delay: Duration, run: () => void): Timer;
  every(period: Duration, run: () => void): Timer;
}

/** Resolves after `delay`; rejects with the signal's reason as soon as it is aborted. */
export function sleep(clock: Clock, delay: Duration, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(delay, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Runs `work` under a deadline; on expiry aborts its signal and rejects with what `onTimeout` makes. */
export async function withDeadline<T>(
  clock: Clock,
  limit: Duration,
  work: (signal: AbortSignal) => Promise<T>,
  onTimeout: () => Error,
  parent?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const forward = () => controller.abort(parent?.reason);
  if (parent?.aborted) forward();
  parent?.addEventListener('abort', forward, { once: true });
  let rejectAborted: (reason: unknown) => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    rejectAborted = reject;
  });
  const onAbort = () => rejectAborted(controller.signal.reason);
  if (controller.signal.aborted) onAbort();
  controller.signal.addEventListener('abort', onAbort, { once: true });
  const timer = clock.after(limit, () => controller.abort(onTimeout()));
  try {
    return await Promise.race([work(controller.signal), aborted]);
  } finally {
    timer.cancel();
    parent?.removeEventListener('abort', forward);
    controller.signal.removeEventListener('abort', onAbort);
    aborted.catch(() => {});
  }
}
