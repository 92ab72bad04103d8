import { AppError, type Clock, type Duration, type Random, sleep } from '@vakhta/kernel';
import type { Line } from './line.ts';
import type { LineSymbol, TimedSymbol } from './symbols.ts';

export interface LastingLineOptions<L extends Line = Line> {
  readonly open: () => Promise<L>;
  readonly clock: Clock;
  readonly random: Random;
  readonly onOpened?: (line: L) => void;
  /** It was open and was lost, with the cause in words if known. */
  readonly onLost?: (cause: string | undefined) => void;
  /** It cannot be opened now; it is tried again after `pause`. */
  readonly onRefused?: (error: unknown, pause: Duration) => void;
}

const firstPause: Duration = 250;
const longestPause: Duration = 30_000;

/**
 * A line that is opened again whenever it is lost: a pulled plug, a server that restarts. Between tries it waits,
 * twice as long each time, up to half a minute, and not by the same step as others. While it is not open, messages
 * fail, which a host takes for a silent machine. An error that can never pass (`retry: 'never'`) closes it for good.
 */
export class LastingLine<L extends Line = Line> implements Line {
  readonly closed: Promise<string | undefined>;
  readonly #options: LastingLineOptions<L>;
  readonly #end = new AbortController();
  #line: L | undefined;
  #listener: ((symbols: readonly TimedSymbol[]) => void) | undefined;

  constructor(options: LastingLineOptions<L>) {
    this.#options = options;
    this.closed = this.#run();
  }

  get isOpen(): boolean {
    return this.#line !== undefined;
  }

  get latency(): Duration {
    return this.#line?.latency ?? 0;
  }

  send(symbols: readonly LineSymbol[]): Promise<Duration> {
    return (
      this.#line?.send(symbols) ??
      Promise.reject(new AppError('sas.line.closed', 'the line is not open now', { retry: 'after' }))
    );
  }

  receive(listener: (symbols: readonly TimedSymbol[]) => void): void {
    this.#listener = listener;
    this.#line?.receive(listener);
  }

  flush(): void {
    this.#line?.flush();
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#line?.close();
    await this.closed;
  }

  async #run(): Promise<string | undefined> {
    const { clock, open, onRefused } = this.#options;
    const { signal } = this.#end;
    let failures = 0;
    while (!signal.aborted) {
      const triedAt = clock.monotonic();
      const error = await open().then(
        (line) => this.#hold(line),
        (cause: unknown) => cause,
      );
      if (error instanceof AppError && error.retry === 'never') return error.message;
      // One that opens and breaks at once is as bad as one that does not open.
      failures = clock.monotonic() - triedAt > longestPause ? 0 : failures + 1;
      const pause = this.#pauseAfter(failures);
      if (signal.aborted) break;
      if (error !== undefined) onRefused?.(error, pause);
      await sleep(clock, pause, signal).catch(() => {});
    }
    return undefined;
  }

  /** Keeps an open line until it is lost. */
  async #hold(line: L): Promise<undefined> {
    const { signal } = this.#end;
    if (signal.aborted) return void (await line.close());
    this.#line = line;
    if (this.#listener) line.receive(this.#listener);
    this.#options.onOpened?.(line);
    const cause = await line.closed;
    this.#line = undefined;
    if (!signal.aborted) this.#options.onLost?.(cause);
  }

  #pauseAfter(failures: number): Duration {
    const most = Math.min(longestPause, firstPause * 2 ** Math.max(0, failures - 1));
    return Math.round(most * (0.5 + this.#options.random.float() / 2));
  }
}
