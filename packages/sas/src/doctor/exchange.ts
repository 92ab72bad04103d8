import { type Clock, type Duration, sleep } from '@vakhta/kernel';
import type { Line, LineSymbol, TimedSymbol } from '../line/index.ts';
import { symbolTime } from '../line/index.ts';

/** One message of ours and what was heard after it. */
export interface Exchange {
  readonly sent: readonly LineSymbol[];
  readonly heard: readonly TimedSymbol[];
  /** Milliseconds from our last bit to the first bit heard. */
  readonly delay: Duration | undefined;
}

/** Sits on a line and hears everything, for whoever asks in turn. */
export class LineEar {
  readonly #line: Line;
  readonly #clock: Clock;
  #heard: TimedSymbol[] = [];

  constructor(line: Line, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
    line.receive((symbols) => this.#heard.push(...symbols));
  }

  /** What is heard in so much time, saying nothing. */
  async listen(time: Duration): Promise<TimedSymbol[]> {
    this.#heard = [];
    await sleep(this.#clock, time);
    return this.#heard;
  }

  /** Sends, and hears whatever comes within `window` of the end, however late it is. */
  async exchange(sent: readonly LineSymbol[], window: Duration): Promise<Exchange> {
    this.#line.flush();
    this.#heard = [];
    const sentAt = await this.#line.send(sent);
    await sleep(this.#clock, window);
    const heard = this.#heard;
    const first = heard[0];
    return { sent, heard, delay: first && Math.max(0, first.at - symbolTime - sentAt) };
  }
}
