import { systemClock } from '@vakhta/kernel';
import { useSyncExternalStore } from 'react';
import { serverNow } from '../app/server-time.ts';

const PERIOD = 1000;
const listeners = new Set<() => void>();
let now = serverNow();
let timer: { cancel(): void } | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= systemClock.every(PERIOD, () => {
    now = serverNow();
    for (const each of listeners) each();
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    timer?.cancel();
    timer = undefined;
  };
}

/**
 * What `read` makes of the present instant, by one timer for the whole page. The component is drawn again only when
 * that changes, so `read` gives a string, a number or a boolean.
 */
export function useTick<Value extends string | number | boolean>(read: (now: number) => Value): Value {
  return useSyncExternalStore(subscribe, () => read(timer ? now : serverNow()));
}
