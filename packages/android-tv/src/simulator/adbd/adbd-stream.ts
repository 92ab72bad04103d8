import { ByteQueue } from '../../adb/byte-queue.ts';
import { type AdbPacket, adbPacket } from '../../adb/packet.ts';

export interface AdbdStreamOptions {
  /** Our id and the client's. */
  readonly id: number;
  readonly remoteId: number;
  /** The most the client takes in one packet. */
  readonly largestPayload: number;
  readonly send: (packet: AdbPacket) => void;
  readonly onDone: () => void;
}

/** One service in use, seen from the daemon: what the client wrote, and one WRTE in flight towards it. */
export class AdbdStream {
  /** What the client sends; ends when the client closes the stream. */
  readonly input = new ByteQueue();
  readonly #options: AdbdStreamOptions;
  readonly #aborted = new AbortController();
  #acknowledged: PromiseWithResolvers<boolean> | undefined;
  #lastWrite: Promise<boolean> = Promise.resolve(true);
  #closed = false;

  constructor(options: AdbdStreamOptions) {
    this.#options = options;
  }

  /** Aborted when the client is gone. */
  get signal(): AbortSignal {
    return this.#aborted.signal;
  }

  /** Sends after everything sent before; `false` once the client has gone. */
  write(data: Uint8Array): Promise<boolean> {
    this.#lastWrite = this.#lastWrite.then(() => this.#writeNow(data));
    return this.#lastWrite;
  }

  /** Closes after what was written has been taken. */
  async close(): Promise<void> {
    await this.#lastWrite;
    if (this.#closed) return;
    this.#options.send(adbPacket('CLSE', this.#options.id, this.#options.remoteId));
    this.#finish();
  }

  onOkay(): void {
    this.#acknowledged?.resolve(true);
    this.#acknowledged = undefined;
  }

  onWrite(payload: Uint8Array): void {
    if (this.#closed) return;
    this.input.push(payload);
    this.#options.send(adbPacket('OKAY', this.#options.id, this.#options.remoteId));
  }

  onClose(): void {
    if (this.#closed) return;
    this.#options.send(adbPacket('CLSE', this.#options.id, this.#options.remoteId));
    this.#finish();
  }

  /** The connection is gone: nothing more is sent. */
  onConnectionEnd(): void {
    this.#finish();
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.input.end();
    this.#acknowledged?.resolve(false);
    this.#aborted.abort();
    this.#options.onDone();
  }

  async #writeNow(data: Uint8Array): Promise<boolean> {
    const { id, remoteId, largestPayload, send } = this.#options;
    for (let offset = 0; offset < data.length; offset += largestPayload) {
      if (this.#closed) return false;
      this.#acknowledged = Promise.withResolvers();
      send(adbPacket('WRTE', id, remoteId, data.subarray(offset, offset + largestPayload)));
      if (!(await this.#acknowledged.promise)) return false;
    }
    return !this.#closed;
  }
}
