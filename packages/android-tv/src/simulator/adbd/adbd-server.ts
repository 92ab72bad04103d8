import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Clock, Instant, Random } from '@vakhta/kernel';
import type { AdbPublicKey } from '../../adb/key.ts';
import { AdbdConnection } from './adbd-connection.ts';
import type { AdbdHost } from './adbd-host.ts';
import { type AdbdProfile, adbdProfiles } from './adbd-profile.ts';

/**
 * What is wrong with the wire:
 * - `stall`: connections stay, new ones are accepted, nothing is read or answered (a hung adbd);
 * - `half_open`: new connections are accepted and never answered, old ones go on;
 * - `refuse`: the port is closed, old connections go on.
 */
export type AdbdFault = 'none' | 'stall' | 'half_open' | 'refuse';

export interface AdbdServerOptions {
  readonly host: AdbdHost;
  /** 0 or nothing: any free one. */
  readonly port?: number;
  readonly address?: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: a modern Android. */
  readonly profile?: AdbdProfile;
}

export interface AdbdServer {
  readonly port: number;
  /** Who is connected now. */
  readonly connections: readonly { readonly connectedAt: Instant; readonly isAuthorised: boolean }[];
  readonly fault: AdbdFault;
  /** Puts one fault in the place of another; `none` mends the wire, and stalled connections go on. */
  setFault(fault: AdbdFault): Promise<void>;
  /** Ends all connections, by FIN or RST, at once or after each has sent `afterBytes` more bytes. */
  drop(how?: 'close' | 'reset', afterBytes?: number): void;
  stop(): Promise<void>;
}

/** Starts the adbd of one simulated machine. Rejects when the port is taken. */
export async function startAdbd(options: AdbdServerOptions): Promise<AdbdServer> {
  const server = new SimulatedAdbd(options);
  await server.listen(options.port ?? 0);
  return server;
}

class SimulatedAdbd implements AdbdServer {
  readonly #options: AdbdServerOptions;
  readonly #connections = new Set<AdbdConnection>();
  readonly #sockets = new Set<Socket>();
  readonly #metKeys = new Map<string, AdbPublicKey>();
  #listener: Server | undefined;
  #port = 0;
  #fault: AdbdFault = 'none';

  constructor(options: AdbdServerOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  get connections(): readonly AdbdConnection[] {
    return [...this.#connections];
  }

  get fault(): AdbdFault {
    return this.#fault;
  }

  async listen(port: number): Promise<void> {
    const listener = createServer((socket) => this.#onSocket(socket));
    listener.listen(port, this.#options.address ?? '127.0.0.1');
    await once(listener, 'listening');
    this.#listener = listener;
    this.#port = (listener.address() as AddressInfo).port;
  }

  async setFault(fault: AdbdFault): Promise<void> {
    const previous = this.#fault;
    this.#fault = fault;
    for (const connection of this.#connections) {
      if (fault === 'stall') connection.stall();
      else if (previous === 'stall') connection.resume();
    }
    if (fault === 'refuse') {
      this.#listener?.close();
      this.#listener = undefined;
    } else if (!this.#listener) {
      await this.listen(this.#port);
    }
  }

  drop(how: 'close' | 'reset' = 'close', afterBytes = 0): void {
    for (const connection of this.#connections) connection.drop(how, afterBytes);
  }

  async stop(): Promise<void> {
    this.#listener?.close();
    this.#listener = undefined;
    // A reset that meets a FIN under way fails, and Node then never emits 'close' for the socket it destroyed.
    const open = [...this.#sockets].filter((socket) => !socket.closed);
    const closed = open.map((socket) => once(socket, 'close'));
    for (const socket of open) socket.destroy();
    await Promise.all(closed);
  }

  #onSocket(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    if (this.#fault === 'half_open') {
      socket.on('error', () => socket.destroy());
      socket.resume();
      return;
    }
    const { host, profile = adbdProfiles.modern, random, clock } = this.#options;
    const connection = new AdbdConnection({
      socket,
      host,
      profile,
      random,
      connectedAt: clock.now(),
      metKeys: this.#metKeys,
      dropAll: () => this.drop(),
      onEnd: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    if (this.#fault === 'stall') connection.stall();
  }
}
