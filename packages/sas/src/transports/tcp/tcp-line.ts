import { createServer, type Socket, connect as tcpConnect } from 'node:net';
import { AppError, type Clock, type Duration } from '@vakhta/kernel';
import type { Line } from '../../line/line.ts';
import { encodeParmrk, ParmrkDecoder } from '../../line/parmrk.ts';
import { ReceiveQueue } from '../../line/receive-queue.ts';
import type { LineSymbol, TimedSymbol } from '../../line/symbols.ts';

/** What the network may add; on one machine it is far less. */
const networkLatency: Duration = 5;

/** A line over TCP. The ninth bit travels in the PARMRK coding, the times are those of arrival here. */
class TcpLine implements Line {
  readonly latency = networkLatency;
  readonly closed: Promise<string | undefined>;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #queue = new ReceiveQueue();
  readonly #decoder = new ParmrkDecoder();

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      const at = clock.monotonic();
      this.#queue.push(this.#decoder.decode(bytes).map((symbol) => ({ at, symbol })));
    });
    this.closed = new Promise((resolve) => {
      let cause: string | undefined;
      socket.on('error', (error) => {
        cause = error.message;
      });
      socket.on('end', () => {
        cause ??= 'the other side closed the connection';
      });
      socket.on('close', () => resolve(cause));
    });
  }

  send(symbols: readonly LineSymbol[]): Promise<Duration> {
    if (this.#socket.destroyed) return Promise.reject(new AppError('sas.line.closed', 'the line is closed'));
    // One write is one segment: no gap inside a message but what the network makes.
    return new Promise((resolve, reject) => {
      this.#socket.write(encodeParmrk(symbols), (error) => {
        if (error) reject(new AppError('sas.line.closed', error.message, { cause: error, retry: 'after' }));
        else resolve(this.#clock.monotonic());
      });
    });
  }

  receive(listener: (symbols: readonly TimedSymbol[]) => void): void {
    this.#queue.listen(listener);
  }

  flush(): void {
    this.#queue.flush();
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }
}

/** Where a TCP line is. */
export interface TcpPlace {
  readonly host: string;
  readonly port: number;
}

/** Connects to a machine's end. Rejects with `sas.line.no_device` where nobody listens. */
export function connectTcpLine({ host, port }: TcpPlace, clock: Clock): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = tcpConnect({ host, port });
    const refused = (error: Error) =>
      reject(
        new AppError('sas.line.no_device', `nothing answers at ${host}:${port} (${error.message})`, {
          context: { host, port },
          cause: error,
          retry: 'after',
        }),
      );
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      resolve(new TcpLine(socket, clock));
    });
  });
}

/** A machine's end that hosts connect to. */
export interface TcpLineServer {
  readonly port: number;
  /** Closes every line too. */
  close(): Promise<void>;
}

/** Listens, and gives each connection as a line. Port 0 takes a free one. */
export async function listenTcpLine(
  { host, port }: TcpPlace,
  clock: Clock,
  onLine: (line: Line) => void,
): Promise<TcpLineServer> {
  const lines = new Set<Line>();
  const server = createServer((socket) => {
    const line = new TcpLine(socket, clock);
    lines.add(line);
    void line.closed.then(() => lines.delete(line));
    onLine(line);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new AppError('sas.line.no_port', `cannot listen at ${host}:${port} (${error.message})`, {
          cause: error,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: async () => {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...lines].map((line) => line.close()));
      await ended;
    },
  };
}
