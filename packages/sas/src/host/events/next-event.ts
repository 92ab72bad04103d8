import type { Clock, Duration } from '@vakhta/kernel';
import type { Emitter } from './emitter.ts';

export interface NextOptions<T> {
  /** Which of them; default: any. */
  readonly isMeant?: (value: T) => boolean;
  /** How long to wait; default: as long as it takes. */
  readonly within?: Duration;
}

/** The next event that is meant; undefined when the time has passed, or `stopped`. */
export function nextEvent<Events extends object, E extends keyof Events>(
  events: Pick<Emitter<Events>, 'once'>,
  event: E,
  { isMeant, within }: NextOptions<Events[E]>,
  { clock, stopped }: { readonly clock: Clock; readonly stopped: AbortSignal },
): Promise<Events[E] | undefined> {
  return new Promise((resolve) => {
    const settle = (value: Events[E] | undefined) => {
      off();
      timer?.cancel();
      stopped.removeEventListener('abort', end);
      resolve(value);
    };
    const end = () => settle(undefined);
    const off = events.once(event, settle, isMeant);
    const timer = within === undefined ? undefined : clock.after(within, end);
    if (stopped.aborted) end();
    else stopped.addEventListener('abort', end, { once: true });
  });
}
