import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { LiveRequest } from '@vakhta/api';
import { type Clock, seconds, type UserId } from '@vakhta/kernel';
import { type WebSocket, WebSocketServer } from 'ws';
import { gatherWrites } from '../../platform/http/gather-writes.ts';
import type { Nodes } from '../../platform/nodes/nodes.ts';
import type { Principal } from '../access/principal.ts';
import type { LiveHub } from './hub.ts';
import { keepAlive } from './keep-alive.ts';

const HEARTBEAT = seconds(15);
/** A panel that reads slower than this falls behind for good: it is cut off and asks anew. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
const MAX_REQUEST_BYTES = 256 * 1024;

/** Close codes of the live socket. */
const LiveClose = { notSignedIn: 4401, tooSlow: 4408, stopping: 4503 } as const;

export interface LiveSocketsDeps {
  hub: LiveHub;
  clock: Clock;
  nodes: Pick<Nodes, 'number'>;
  /** Who this request is from, with the right to see things; undefined for anybody else. */
  authenticate(request: IncomingMessage): Promise<Principal | undefined>;
}

/** Open panels: each hears what it subscribed to for as long as its session holds. */
export class LiveSockets {
  readonly #deps: LiveSocketsDeps;
  readonly #rechecks = new Map<UserId, Set<() => Promise<void>>>();
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_REQUEST_BYTES,
    perMessageDeflate: false,
  });

  constructor(deps: LiveSocketsDeps) {
    this.#deps = deps;
  }

  async handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until the socket is a WebSocket its errors are nobody's but ours.
    socket.on('error', () => socket.destroy());
    const { nodes } = this.#deps;
    const principal = await this.#deps.authenticate(request).catch(() => undefined);
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (nodes.number === undefined) webSocket.close(LiveClose.stopping, 'this server is out of touch');
      else if (principal) this.#serve(webSocket, socket, principal, request);
      else webSocket.close(LiveClose.notSignedIn, 'not signed in');
    });
  }

  #serve(socket: WebSocket, stream: Duplex, principal: Principal, request: IncomingMessage): void {
    const { hub, clock, authenticate } = this.#deps;
    const gather = gatherWrites(stream);
    const listener = {
      send: (text: string) => {
        if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
          socket.close(LiveClose.tooSlow, 'reads too slowly');
          return;
        }
        gather();
        socket.send(text);
      },
    };
    keepAlive(socket, clock, HEARTBEAT);
    const recheck = async () => {
      const still = await authenticate(request).catch(() => undefined);
      if (!still) socket.close(LiveClose.notSignedIn, 'not signed in any more');
    };
    // What ended elsewhere, by its time or by another server, is found out by asking.
    const beat = clock.every(HEARTBEAT, recheck);
    const ofUser = this.#rechecks.get(principal.user) ?? new Set();
    this.#rechecks.set(principal.user, ofUser.add(recheck));
    // Requests are served one after another: the last one given is the one that stands.
    let work: Promise<void> = Promise.resolve();
    socket.on('message', (data: Buffer) => {
      work = work.then(async () => {
        const parsed = LiveRequest.safeParse(parseJson(data));
        if (!parsed.success) {
          listener.send(
            JSON.stringify({ type: 'error', code: 'bad_request', message: 'expected {"subscribe": {…}}' }),
          );
          return;
        }
        await hub.subscribe(principal.organisation, listener, parsed.data.subscribe);
        listener.send(JSON.stringify({ type: 'subscribed', subscription: parsed.data.subscribe }));
        if (socket.readyState !== socket.OPEN) hub.leave(principal.organisation, listener);
      });
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      beat.cancel();
      ofUser.delete(recheck);
      if (ofUser.size === 0) this.#rechecks.delete(principal.user);
      hub.leave(principal.organisation, listener);
    });
  }

  /** How many are open. */
  get count(): number {
    return this.#sockets.clients.size;
  }

  /** Cuts everybody off: this node is out of touch, and they have others to go to. */
  dropAll(): void {
    for (const socket of this.#sockets.clients)
      socket.close(LiveClose.stopping, 'this server is out of touch');
  }

  /** Sessions or tokens of this person may have ended: sockets that hang on such a one are closed now. */
  async recheck(user: UserId): Promise<void> {
    await Promise.all([...(this.#rechecks.get(user) ?? [])].map((recheck) => recheck()));
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.close(LiveClose.stopping, 'the server is stopping');
    this.#sockets.close();
  }
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
