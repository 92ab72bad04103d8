import { type Clock, sleep } from '@vakhta/kernel';
import type { Line, TimedSymbol } from '../line/index.ts';
import type { RecordedMessage, Recording } from './recording-format.ts';
import { spokenByHost } from './spoken-by-host.ts';

/** What came of saying the host's side of a recording again. */
export interface Replayed {
  readonly said: RecordedMessage;
  readonly recorded: readonly number[];
  readonly heard: readonly number[];
  readonly same: boolean;
}

/** Answers are waited for as long as they were in the recording, and at least so long. */
const leastWait = 40;

/** Says what the host said, at the recorded times, and compares what is answered with what was. */
export async function replayHost(
  { messages }: Recording,
  line: Line,
  clock: Clock,
  onReplayed: (replayed: Replayed) => void,
): Promise<void> {
  let heard: TimedSymbol[] = [];
  line.receive((symbols) => heard.push(...symbols));
  const polls = messages.flatMap((message, index) => (spokenByHost(message) ? [{ message, index }] : []));
  const startedAt = clock.monotonic() - (polls[0]?.message.at ?? 0);
  for (const [turn, { message, index }] of polls.entries()) {
    await sleep(clock, Math.max(0, startedAt + message.at - clock.monotonic()));
    heard = [];
    await line.send(message.symbols);
    const next = polls[turn + 1];
    const answer = messages.slice(index + 1, next?.index).filter((other) => !spokenByHost(other));
    const waited = Math.max(leastWait + line.latency, ...answer.map(({ at }) => at - message.at));
    await sleep(
      clock,
      next ? Math.min(waited, Math.max(0, startedAt + next.message.at - clock.monotonic())) : waited,
    );
    const recorded = answer.flatMap(({ symbols }) => symbols);
    const got = heard.map(({ symbol }) => symbol);
    onReplayed({ said: message, recorded, heard: got, same: recorded.join() === got.join() });
  }
}
