import { AdbError } from './adb-error.ts';
import { adbPacket } from './packet.ts';
import type { Transport } from './transport.ts';

/** Who hears what a service says. After `onEnd` nothing more comes. */
export interface StreamListener {
  /** May throw an AdbError: the stream is then closed and ends with it. */
  onData(chunk: Uint8Array): void;
  /** `undefined`: the device closed the stream, as it does when a service is done. */
  onEnd(error: AdbError | undefined): void;
}

export interface AdbStreamOptions {
  readonly id: number;
  readonly listener: StreamListener;
  readonly transport: Transport;
  /** Bytes of one WRTE at most. */
  readonly largestWrite: number;
  readonly onDone: () => void;
}

/**
 * One service being used. The device's WRTEs are acknowledged as they come, because one unread stream holds up the
 * whole TCP connection: a listener must take what it gets or throw. Ours go one at a time, as ADB demands.
 */
export class AdbStream {
  readonly #options: AdbStreamOptions;
  readonly #opened = Promise.withResolvers<void>();
  #remoteId = 0;
  #acknowledged: PromiseWithResolvers<void> | undefined;
  #lastWrite: Promise<void> = Promise.resolve();
  #owesOpen = false;
  #done = false;

  constructor(options: AdbStreamOptions) {
    this.#options = options;
    this.#opened.promise.catch(() => {});
  }

  /** Resolves when the device has accepted the service. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  open(request: Uint8Array): void {
    this.#owesOpen = true;
    this.#options.transport.oweAnswer();
    this.#options.transport.send(adbPacket('OPEN', this.#options.id, 0, request));
  }

  /**
   * Sends after the device has accepted the service and taken everything sent before; resolves when it has taken this.
   * @throws AdbError the stream's end.
   */
  write(data: Uint8Array): Promise<void> {
    this.#lastWrite = this.#lastWrite.then(() => this.#writeNow(data));
    // Whoever does not wait for a write hears of the stream's end through the listener.
    this.#lastWrite.catch(() => {});
    return this.#lastWrite;
  }

  /** Tells the device to stop; the listener hears nothing more. Idempotent. */
  close(reason?: AdbError): void {
    if (this.#done) return;
    // Before its OKAY the device's id is unknown, and the CLSE follows in `onOkay`.
    if (this.#remoteId !== 0) this.#sendClose();
    this.#finish(() => reason ?? new AdbError('adb.closed', 'the stream was closed by us'));
    if (this.#remoteId !== 0) this.#options.onDone();
  }

  onOkay(remoteId: number): void {
    const { transport } = this.#options;
    if (this.#owesOpen) {
      this.#owesOpen = false;
      transport.settleAnswer();
      this.#remoteId = remoteId;
      if (this.#done) {
        this.#sendClose();
        this.#options.onDone();
      }
      this.#opened.resolve();
      return;
    }
    if (!this.#acknowledged) return;
    transport.settleAnswer();
    this.#acknowledged.resolve();
    this.#acknowledged = undefined;
  }

  onWrite(payload: Uint8Array): void {
    if (this.#done || this.#remoteId === 0) return;
    this.#options.transport.send(adbPacket('OKAY', this.#options.id, this.#remoteId));
    try {
      this.#options.listener.onData(payload);
    } catch (error) {
      if (!(error instanceof AdbError)) throw error;
      this.close(error);
      this.#options.listener.onEnd(error);
    }
  }

  onClose(): void {
    if (this.#owesOpen) {
      this.#owesOpen = false;
      this.#options.transport.settleAnswer();
      this.#end(new AdbError('adb.refused', 'the device does not offer this service'));
    } else {
      this.#sendClose();
      this.#end(undefined);
    }
    this.#options.onDone();
  }

  onConnectionEnd(error: AdbError): void {
    this.#end(error);
  }

  #end(error: AdbError | undefined): void {
    if (this.#done) return;
    this.#finish(() => error ?? new AdbError('adb.closed', 'the device closed the stream'));
    this.#options.listener.onEnd(error);
  }

  /** Most streams end with nobody waiting, and an error is made with its stack: only for who hears of it. */
  #finish(reason: () => AdbError): void {
    this.#done = true;
    if (this.#remoteId === 0) this.#opened.reject(reason());
    if (!this.#acknowledged) return;
    this.#options.transport.settleAnswer();
    this.#acknowledged.reject(reason());
    this.#acknowledged = undefined;
  }

  #sendClose(): void {
    this.#options.transport.send(adbPacket('CLSE', this.#options.id, this.#remoteId));
  }

  async #writeNow(data: Uint8Array): Promise<void> {
    await this.#opened.promise;
    const { transport, id, largestWrite } = this.#options;
    for (let offset = 0; offset < data.length; offset += largestWrite) {
      if (this.#done) throw new AdbError('adb.closed', 'the stream has ended');
      this.#acknowledged = Promise.withResolvers();
      transport.oweAnswer();
      transport.send(adbPacket('WRTE', id, this.#remoteId, data.subarray(offset, offset + largestWrite)));
      await this.#acknowledged.promise;
    }
  }
}
