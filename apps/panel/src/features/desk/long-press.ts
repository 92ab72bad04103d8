import { systemClock, type Timer } from '@vakhta/kernel';
import { type PointerEvent, useRef } from 'react';

const HOLD = 450;
/** A finger that moves further is scrolling. */
const SLIP = 10;

/**
 * Handlers for an element that a mouse clicks and a finger holds: a tap is left alone, since on a phone it only means
 * that somebody touched the screen.
 */
export function useLongPress(onHold: () => void) {
  const held = useRef<{ timer: Timer; x: number; y: number } | undefined>(undefined);
  const drop = () => {
    held.current?.timer.cancel();
    held.current = undefined;
  };
  return (onClick: (event: PointerEvent) => void) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') return;
      drop();
      const timer = systemClock.after(HOLD, () => {
        navigator.vibrate?.(15);
        onHold();
      });
      held.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = held.current;
      if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLIP) drop();
    },
    onPointerUp: (event: PointerEvent) => {
      drop();
      if (event.pointerType === 'mouse' && event.button === 0) onClick(event);
    },
    onPointerCancel: drop,
  });
}
