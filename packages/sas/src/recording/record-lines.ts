import type { Clock, Duration } from '@vakhta/kernel';
import type { Line } from '../line/index.ts';
import { MessageCutter } from './message-cutter.ts';
import type { RecordedMessage, Speaker } from './recording-format.ts';

/** How often the ends of messages are looked for. */
const lookEvery: Duration = 20;
/**
 * Messages of two wires are put in order before they are given: one may come later than another that ended after
 * it, by as much as the slower adapter keeps it back.
 */
const settle: Duration = 60;

/** Records lines, saying nothing on any of them; gives messages in the order of their times. Stop by the function returned. */
export function recordLines(
  taps: readonly { readonly line: Line; readonly from: Speaker }[],
  clock: Clock,
  onMessage: (message: RecordedMessage) => void,
): () => void {
  const startedAt = clock.monotonic();
  const pending: RecordedMessage[] = [];
  const cutters = taps.map(({ line, from }) => {
    const cutter = new MessageCutter(from, startedAt, (message) => pending.push(message));
    line.receive((symbols) => cutter.hear(symbols));
    return { cutter, latency: line.latency };
  });
  const give = (until: number) => {
    pending.sort((a, b) => a.at - b.at);
    while (pending[0] && pending[0].at <= until) onMessage(pending.shift()!);
  };
  const looking = clock.every(lookEvery, () => {
    const now = clock.monotonic();
    for (const { cutter, latency } of cutters)
      if (cutter.endsAt !== undefined && now > cutter.endsAt + latency) cutter.take();
    give(now - startedAt - settle - Math.max(...cutters.map(({ latency }) => latency)));
  });
  return () => {
    looking.cancel();
    for (const { cutter } of cutters) cutter.take();
    give(Number.POSITIVE_INFINITY);
  };
}
