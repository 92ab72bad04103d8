import { useSyncExternalStore } from 'react';

let selected: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** Which things are selected on the desk. It outlives the page, so that one can look at a thing and come back. */
export const selection = {
  get: () => selected,
  set(ids: Iterable<string>): void {
    selected = new Set(ids);
    for (const listener of listeners) listener();
  },
  toggle(id: string): void {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    selection.set(next);
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const useSelection = (): ReadonlySet<string> =>
  useSyncExternalStore(selection.subscribe, selection.get);
/** Redraws a card only when its own selection changes. */
export const useIsSelected = (id: string): boolean =>
  useSyncExternalStore(selection.subscribe, () => selected.has(id));
