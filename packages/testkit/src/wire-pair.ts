import type { Clock, Duration } from '@vakhta/kernel';
import type { Frame, Wire, WireHandlers } from '@vakhta/link';

/** What a wire in memory does to frames besides carrying them. Called once per frame; `to` is who should get it. */
export interface WireFaults {
  /** How long the frame is under way; 1 ms where not given. Unequal delays reorder. */
  delay?(to: 'near' | 'far', frame: Frame): Duration;
  /** How many times it arrives: 0 loses it, 2 doubles it; 1 where not given. */
  copies?(to: 'near' | 'far', frame: Frame): number;
  /** While it is true the connection is half open: nothing arrives on either side, and neither is told. */
  isHalfOpen?(): boolean;
}

interface End {
  readonly wire: Wire;
  readonly deliver: (run: (handlers: WireHandlers) => void) => void;
  close(code: number, reason: string): void;
}

/**
 * Two ends of one connection, in memory and on the given clock. A farewell reaches the other side after 1 ms; a
 * termination is seen there as the close code 1006, as a broken TCP connection is.
 */
export function wirePair(
  clock: Clock,
  near: WireHandlers,
  far: (wire: Wire) => WireHandlers,
  faults: WireFaults = {},
): Wire {
  const nearEnd: End = end(
    'far',
    () => farEnd,
    () => near,
  );
  const farEnd: End = end(
    'near',
    () => nearEnd,
    () => farHandlers,
  );
  const farHandlers = far(farEnd.wire);
  clock.after(1, () => {
    farEnd.deliver((handlers) => handlers.opened());
    nearEnd.deliver((handlers) => handlers.opened());
  });
  return nearEnd.wire;

  function end(to: 'near' | 'far', other: () => End, own: () => WireHandlers): End {
    let open = true;
    const close = (code: number, reason: string) => {
      if (!open) return;
      open = false;
      own().closed(code, reason);
    };
    const leave = (code: number, reason: string, seenThereAs: number) => {
      if (!open) return;
      clock.after(1, () => {
        if (!faults.isHalfOpen?.()) other().close(seenThereAs, reason);
      });
      clock.after(0, () => close(code, reason));
    };
    const deliver = (run: (handlers: WireHandlers) => void) => {
      if (open && !faults.isHalfOpen?.()) run(own());
    };
    const answered = () => deliver((here) => here.alive());
    return {
      close,
      deliver,
      wire: {
        send(frame) {
          if (!open) return;
          const copies = faults.copies?.(to, frame) ?? 1;
          for (let copy = 0; copy < copies; copy++)
            clock.after(faults.delay?.(to, frame) ?? 1, () => other().deliver((there) => there.frame(frame)));
        },
        ping() {
          if (!open) return;
          clock.after(1, () =>
            other().deliver((there) => {
              there.alive();
              clock.after(1, () => answered());
            }),
          );
        },
        close: (code, reason = '') => leave(code, reason, code),
        terminate: () => leave(1006, '', 1006),
      },
    };
  }
}
