import { useSyncExternalStore } from 'react';

export type CardSize = 'small' | 'medium' | 'large';
const cardSizes: readonly CardSize[] = ['small', 'medium', 'large'];

const STORED = 'vakhta-card-size';
const listeners = new Set<() => void>();
const stored = localStorage.getItem(STORED);
let size: CardSize = cardSizes.find((each) => each === stored) ?? 'medium';

export function chooseCardSize(next: CardSize): void {
  size = next;
  localStorage.setItem(STORED, next);
  for (const listener of listeners) listener();
}

/** How large the desk's cards are, on this device. */
export const useCardSize = (): CardSize =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => size,
  );
