import { connect, type Socket } from 'node:net';
import { type Clock, type Duration, seconds, withDeadline } from '@vakhta/kernel';
import { AdbError } from './adb-error.ts';
import { type AdbPacket, adbLargestPayload, encodePacket, PacketDecoder } from './packet.ts';
import { StallWatch } from './stall-watch.ts';

/** Who hears of what comes from the wire. `onEnd` is called once, `undefined` when the end was asked for by us. */
export interface TransportListener {
  onPacket(packet: AdbPacket): void;
  onEnd(error: AdbError | undefined): void;
}

// The kernel probes a silent peer after this, then each second, and gives up after ten probes (libuv's settings).
const keepAliveAfter = seconds(10);

/**
 * Packets over one TCP connection, with a watch on both directions: bytes that we wait for, and bytes that the peer
 * does not take. A read time-out alone never fires on a wedged write.
 */
export class Transport {
  /** Whether outgoing packets carry sums; both sides may agree to leave them out. */
  sendsSums = true;
  readonly decoder = new PacketDecoder(adbLargestPayload);
  readonly #socket: Socket;
  readonly #reading: StallWatch;
  readonly #writing: StallWatch;
  #listener: TransportListener | undefined;
  #ended = false;
  #endError: AdbError | undefined;

  constructor(socket: Socket, clock: Clock, stall: Duration) {
    const stalled = (direction: string) => () =>
      this.end(new AdbError('adb.stalled', `the device stopped ${direction}`, { context: { stall } }));
    this.#socket = socket;
    this.#reading = new StallWatch(clock, stall, stalled('answering'));
    this.#writing = new StallWatch(clock, stall, stalled('taking what we send'));
    socket.setNoDelay(true);
    socket.setKeepAlive(true, keepAliveAfter);
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('error', (cause) =>
      this.end(new AdbError('adb.closed', 'the connection broke', { cause, context: codeOf(cause) })),
    );
    const onClosed = () => this.end(new AdbError('adb.closed', 'the device closed the connection'));
    socket.on('end', onClosed);
    socket.on('close', onClosed);
  }

  /** From now on `listener` hears, and of an end that has already come at once. */
  listen(listener: TransportListener): void {
    this.#listener = listener;
    if (this.#ended) listener.onEnd(this.#endError);
  }

  send(packet: AdbPacket): void {
    if (this.#ended) return;
    this.#writing.owe();
    this.#socket.write(encodePacket(packet, this.sendsSums), () => {
      this.#writing.progress();
      this.#writing.settle();
    });
  }

  /** The peer must answer something now: without a byte from it for `stall` the link is dead. */
  oweAnswer(): void {
    this.#reading.owe();
  }

  settleAnswer(): void {
    this.#reading.settle();
  }

  /** Ends the connection at once: a peer that takes nothing would keep a polite end waiting for ever. */
  end(error?: AdbError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#endError = error;
    this.#reading.stop();
    this.#writing.stop();
    this.#socket.destroy();
    this.#listener?.onEnd(error);
  }

  #onData(chunk: Uint8Array): void {
    const wasInsidePacket = this.decoder.isInsidePacket;
    this.#reading.progress();
    try {
      for (const packet of this.decoder.push(chunk)) {
        if (this.#ended) return;
        this.#listener?.onPacket(packet);
      }
    } catch (error) {
      if (!(error instanceof AdbError)) throw error;
      this.end(error);
      return;
    }
    const isInsidePacket = this.decoder.isInsidePacket;
    if (isInsidePacket && !wasInsidePacket) this.#reading.owe();
    if (!isInsidePacket && wasInsidePacket) this.#reading.settle();
  }
}

/**
 * Opens the TCP connection.
 * @throws AdbError adb.connect_refused, adb.connect_timeout, adb.unreachable, adb.closed; the signal's reason.
 */
export function connectSocket(
  host: string,
  port: number,
  clock: Clock,
  limit: Duration,
  signal?: AbortSignal,
): Promise<Socket> {
  const context = { host, port };
  const socket = connect({ host, port });
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
  const onTimeout = () =>
    new AdbError('adb.connect_timeout', 'no answer to TCP', { context: { ...context, limit } });
  return withDeadline(clock, limit, () => connected, onTimeout, signal).catch((error: unknown) => {
    socket.on('error', () => {});
    socket.destroy();
    throw connectError(error, context);
  });
}

const connectErrorCodes: ReadonlyMap<
  unknown,
  'adb.connect_refused' | 'adb.unreachable' | 'adb.connect_timeout'
> = new Map([
  ['ECONNREFUSED', 'adb.connect_refused'],
  ['EHOSTUNREACH', 'adb.unreachable'],
  ['ENETUNREACH', 'adb.unreachable'],
  ['EHOSTDOWN', 'adb.unreachable'],
  ['ENOTFOUND', 'adb.unreachable'],
  ['EAI_AGAIN', 'adb.unreachable'],
  ['ETIMEDOUT', 'adb.connect_timeout'],
]);

function connectError(error: unknown, context: Record<string, unknown>): unknown {
  const { errno } = codeOf(error);
  if (error instanceof AdbError || errno === undefined) return error;
  const code = connectErrorCodes.get(errno) ?? 'adb.closed';
  return new AdbError(code, 'cannot connect', { cause: error, context: { ...context, errno } });
}

const codeOf = (error: unknown): { errno?: unknown } =>
  error instanceof Error && 'code' in error ? { errno: error.code } : {};
