import { systemClock } from '@vakhta/kernel';
import { useSyncExternalStore } from 'react';
import { serverNow } from '../app/server-time.ts';
import { usePast } from '../past/past.ts';

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

const still = () => () => {};

/**
 * What `read` makes of the present instant, by one timer for the whole page; of the moment shown where that is the past.
 * The component is drawn again only when that changes, so `read` gives a string, a number or a boolean.
 */
export function useTick<Value extends string | number | boolean>(read: (now: number) => Value): Value {
  const past = usePast();
  return useSyncExternalStore(past ? still : subscribe, () =>
    read(past ? past.at : timer ? now : serverNow()),
  );
}
