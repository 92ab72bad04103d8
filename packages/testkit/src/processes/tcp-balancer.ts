import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A proxy for TCP on loopback, as stands in front of several servers: each connection goes to the next of them in turn
 * that takes it, and is cut when that one falls.
 */
export class TcpBalancer {
  readonly port: number;
  readonly #server: Server;
  readonly #open: Set<Socket>;

  private constructor(server: Server, open: Set<Socket>) {
    this.#server = server;
    this.#open = open;
    this.port = (server.address() as AddressInfo).port;
  }

  /** `targets` are ports of 127.0.0.1. */
  static async start(targets: readonly number[]): Promise<TcpBalancer> {
    const open = new Set<Socket>();
    let turn = 0;
    const server = createServer({ noDelay: true }, (client) => {
      const first = turn++;
      track(open, client);
      const order = targets.map((_, index) => targets[(first + index) % targets.length]!);
      void joinFirst(client, order, open);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpBalancer(server, open);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}

function track(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  // 'close' follows every 'error'; without a listener the error would end the process.
  socket.on('error', () => {});
  socket.once('close', () => open.delete(socket));
}

async function joinFirst(client: Socket, ports: readonly number[], open: Set<Socket>): Promise<void> {
  for (const port of ports) {
    const upstream = connect({ host: '127.0.0.1', port, noDelay: true });
    track(open, upstream);
    if (!(await isTaken(upstream))) continue;
    client.pipe(upstream).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    if (client.destroyed) upstream.destroy();
    return;
  }
  client.destroy();
}

const isTaken = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('close', () => resolve(false));
  });
