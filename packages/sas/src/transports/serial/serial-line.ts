import { closeSync, writeSync } from 'node:fs';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { AppError, type Clock, type Duration } from '@vakhta/kernel';
import type { Line } from '../../line/line.ts';
import { ReceiveQueue } from '../../line/receive-queue.ts';
import { type LineSymbol, longestGap, type TimedSymbol } from '../../line/symbols.ts';
import type { FromPort, OpenedPort, PortOrder, ToPort } from './worker-messages.ts';

/** What sending has come to so far. */
export interface SendStatistics {
  messages: number;
  /** The longest silence after a wakeup byte, in milliseconds; a machine allows 5. */
  worstGap: Duration;
  gapsTooLong: number;
}

type Opened = Extract<FromPort, { kind: 'opened' }>;

/** A port owned by a thread of its own; this end only hands messages over and takes them. */
export class SerialLine implements Line {
  readonly port: OpenedPort;
  readonly statistics: SendStatistics = { messages: 0, worstGap: 0, gapsTooLong: 0 };
  readonly latency: Duration;
  readonly closed: Promise<string | undefined>;
  readonly #channel: MessagePort;
  readonly #wakeFd: number;
  /** What is added to the machine's monotonic time to make it the clock's. */
  readonly #offset: Duration;
  readonly #queue = new ReceiveQueue();
  readonly #waiting = new Map<
    number,
    { resolve: (end: Duration) => void; reject: (error: unknown) => void }
  >();
  #lastId = 0;
  #epoch = 0;
  #isOpen = true;

  /** Opens the port. Rejects with an `AppError` `sas.line.*` that says why it cannot be had. */
  static open(
    order: PortOrder,
    parts: { clock: Clock; latency: (port: OpenedPort) => Duration },
  ): Promise<SerialLine> {
    const { port1, port2 } = new MessageChannel();
    const thread = new Worker(new URL('./serial-worker.ts', import.meta.url), {
      workerData: { order, channel: port2 },
      transferList: [port2],
    });
    return new Promise((resolve, reject) => {
      thread.once('error', reject);
      port1.once('message', (message: FromPort) => {
        if (message.kind === 'opened') resolve(new SerialLine(port1, message, parts));
        else if (message.kind === 'refused')
          reject(
            new AppError(message.code, message.message, { context: { ...message.context }, retry: 'after' }),
          );
      });
    });
  }

  private constructor(
    channel: MessagePort,
    opened: Opened,
    parts: { clock: Clock; latency: (port: OpenedPort) => Duration },
  ) {
    this.#channel = channel;
    this.#wakeFd = opened.wakeFd;
    this.port = opened.port;
    this.latency = parts.latency(opened.port);
    this.#offset = parts.clock.monotonic() - Number(process.hrtime.bigint()) / 1e6;
    this.closed = new Promise((resolve) => {
      channel.on('message', (message: FromPort) => this.#take(message, resolve));
    });
  }

  send(symbols: readonly LineSymbol[]): Promise<Duration> {
    if (!this.#isOpen) return Promise.reject(new AppError('sas.line.closed', 'the line is closed'));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#tell({ kind: 'send', id, symbols });
    });
  }

  receive(listener: (symbols: readonly TimedSymbol[]) => void): void {
    this.#queue.listen(listener);
  }

  flush(): void {
    this.#queue.flush();
    if (this.#isOpen) this.#tell({ kind: 'flush', epoch: ++this.#epoch });
  }

  async close(): Promise<void> {
    if (this.#isOpen) this.#tell({ kind: 'close' });
    await this.closed;
  }

  #tell(message: ToPort): void {
    this.#channel.postMessage(message);
    // The thread blocks in poll(2) and would not see the message before its limit.
    try {
      writeSync(this.#wakeFd, '.');
    } catch {
      // The thread has ended, and its last message, on the way here, says why.
    }
  }

  #take(message: FromPort, onClosed: (cause: string | undefined) => void): void {
    if (message.kind === 'received') {
      if (message.epoch !== this.#epoch) return;
      this.#queue.push(message.symbols.map(({ at, symbol }) => ({ at: at + this.#offset, symbol })));
    } else if (message.kind === 'sent') {
      this.#count(message.gap);
      this.#waiting.get(message.id)?.resolve(message.end + this.#offset);
      this.#waiting.delete(message.id);
    } else if (message.kind === 'closed') {
      this.#isOpen = false;
      closeSync(this.#wakeFd);
      const error = new AppError('sas.line.closed', message.cause ?? 'the line is closed', {
        retry: 'after',
      });
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
      onClosed(message.cause);
    }
  }

  #count(gap: Duration | undefined): void {
    this.statistics.messages++;
    if (gap === undefined) return;
    this.statistics.worstGap = Math.max(this.statistics.worstGap, gap);
    if (gap > longestGap) this.statistics.gapsTooLong++;
  }
}
