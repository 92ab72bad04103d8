import { AdbError } from './adb-error.ts';
import type { Agreement } from './handshake.ts';
import type { AdbPacket } from './packet.ts';
import { AdbStream, type StreamListener } from './stream.ts';
import type { Transport } from './transport.ts';

// What one WRTE of ours carries at most, though a modern device takes more: progress of a write is only seen packet
// by packet, and a slow line must show some before it is taken for a wedged one.
const largestWrite = 512 * 1024;

/** An authorised connection: many streams over one transport, routed by our ids. */
export class Connection {
  readonly agreement: Agreement;
  /** Resolves when the connection ends: with its error, or with nothing when we closed it. */
  readonly closed: Promise<AdbError | undefined>;
  readonly #transport: Transport;
  readonly #streams = new Map<number, AdbStream>();
  #nextId = 1;
  #end: AdbError | undefined;

  constructor(transport: Transport, agreement: Agreement) {
    this.agreement = agreement;
    this.#transport = transport;
    const closed = Promise.withResolvers<AdbError | undefined>();
    this.closed = closed.promise;
    transport.listen({
      onPacket: (packet) => this.#route(packet),
      onEnd: (error) => {
        this.#end = error ?? new AdbError('adb.closed', 'the connection was closed by us');
        for (const stream of this.#streams.values()) stream.onConnectionEnd(this.#end);
        this.#streams.clear();
        closed.resolve(error);
      },
    });
  }

  /**
   * Asks for a service; what comes of it goes to `listener`.
   * @throws AdbError adb.closed when the connection has ended, adb.too_large when the device cannot take the request.
   */
  open(service: string, listener: StreamListener): AdbStream {
    if (this.#end) throw this.#end;
    const request = new TextEncoder().encode(`${service}\0`);
    const { largestPayload } = this.agreement;
    if (request.length > largestPayload) {
      throw new AdbError('adb.too_large', 'the command is longer than the device can take', {
        context: { length: request.length, largest: largestPayload },
      });
    }
    const id = this.#freeId();
    const stream = new AdbStream({
      id,
      listener,
      transport: this.#transport,
      largestWrite: Math.min(largestPayload, largestWrite),
      onDone: () => this.#streams.delete(id),
    });
    this.#streams.set(id, stream);
    stream.open(request);
    return stream;
  }

  close(): void {
    this.#transport.end();
  }

  #route({ command, arg0, arg1, payload }: AdbPacket): void {
    // A packet for a stream that is gone was sent before the device saw our CLSE.
    const stream = this.#streams.get(arg1);
    if (command === 'OKAY') stream?.onOkay(arg0);
    else if (command === 'WRTE') stream?.onWrite(payload);
    else if (command === 'CLSE') stream?.onClose();
  }

  #freeId(): number {
    while (this.#streams.has(this.#nextId)) this.#nextId = following(this.#nextId);
    const id = this.#nextId;
    this.#nextId = following(id);
    return id;
  }
}

/** Ids are u32 and never 0. */
const following = (id: number): number => (id === 0xffffffff ? 1 : id + 1);
