import { type ReactNode, useDeferredValue } from 'react';

interface LaterProps<Value extends object> {
  value: Value;
  children(value: Value): ReactNode;
}

/** What is large, rendered a slice at a time when the rest is there, so that the page never stops answering. */
export function Later<Value extends object>({ value, children }: LaterProps<Value>) {
  const ready = useDeferredValue<Value | null>(value, null);
  return ready && children(ready);
}
