import { useNavigate } from '@tanstack/react-router';
import { type Duration, seconds, systemClock } from '@vakhta/kernel';
import { useEffect } from 'react';
import { isTyping } from '../ui/is-typing.ts';
import type { Section } from './sections.ts';

/** So long `g` waits for the section's key. */
const SECOND_KEY_WITHIN: Duration = seconds(1.5);

/**
 * Short cuts that work on every page: Ctrl+K or ⌘K for the palette, `?` for the map of keys, `g` and a letter for a
 * section, `g w` for the wall. Letters go by the key's place, so that they work on a Russian layout too.
 */
export function useShortCuts(sections: readonly Section[], open: { palette(): void; keys(): void }): void {
  const navigate = useNavigate();
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
        event.preventDefault();
        open.palette();
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const going = systemClock.monotonic() < goUntil;
      goUntil = 0;
      if (going) {
        const to = event.code === 'KeyW' ? '/wall' : sections.find(({ key }) => key === event.code)?.to;
        if (to) void navigate({ to });
      } else if (event.code === 'KeyG' && !event.shiftKey)
        goUntil = systemClock.monotonic() + SECOND_KEY_WITHIN;
      else if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) open.keys();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate, sections, open]);
}
