import { type Clock, type Duration, seconds, type Timer } from '@vakhta/kernel';

const PERIOD = seconds(1);
/** A slew by NTP is far slower than this per second; a clock that was set, or a machine that slept, is not. */
const JUMP = seconds(2);

/** Tells when the machine's clock was set: by how much it moved against the monotonic one. */
export function watchClock(clock: Clock, onJump: (by: Duration) => void): Timer {
  const difference = () => clock.now() - clock.monotonic();
  let last = difference();
  return clock.every(PERIOD, () => {
    const current = difference();
    const by = Math.round(current - last);
    last = current;
    if (Math.abs(by) >= JUMP) onJump(by);
  });
}
