import { type Duration, seconds, systemClock } from '@vakhta/kernel';
import { type RefObject, useEffect } from 'react';

/** Long enough to take in a screen of things. */
const PAGE_FOR: Duration = seconds(15);

/** Shows what does not fit a screen at a time, again from the top after the end. Whoever scrolls by hand is not hindered. */
export function useTurnPages(view: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const turning = systemClock.every(PAGE_FOR, () => {
      const element = view.current;
      if (!element || element.scrollHeight <= element.clientHeight + 1) return;
      const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
      element.scrollTo({ top: atEnd ? 0 : element.scrollTop + element.clientHeight });
    });
    return () => turning.cancel();
  }, [view]);
}
