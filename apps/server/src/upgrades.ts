import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIVE_PATH } from '@vakhta/api';
import { type Clock, minutes, seconds, sleep } from '@vakhta/kernel';
import { LINK_PATH } from '@vakhta/link';
import { AttemptLimit } from './core/access/attempt-limit.ts';
import type { Core } from './core/core.ts';
import { isSameOrigin } from './platform/http/same-origin.ts';

/** How long a peer may take to answer that a socket is being closed. */
const GOODBYE = seconds(1);
/** Of one address, which may be a whole metro's: far above what agents and panels open, also after a restart of ours. */
const SOCKETS_PER_MINUTE = 3000;

/** Sends each request for a WebSocket to the part it is for. `close` cuts off whoever does not hang up. */
export function routeUpgrades(
  server: Server,
  core: Pick<Core, 'link' | 'liveSockets'>,
  { clock, behindProxy }: { clock: Clock; behindProxy: boolean },
): { close(): Promise<void> } {
  const open = new Set<Duplex>();
  const asked = new AttemptLimit(clock, { times: SOCKETS_PER_MINUTE, period: minutes(1) });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    if (!asked.begin(addressOf(request, behindProxy))) return refuse(socket, '429 Too Many Requests');
    switch (request.url?.split('?', 1)[0]) {
      case LINK_PATH:
        return core.link.handleUpgrade(request, socket, head);
      case LIVE_PATH:
        // A page of another site may open a socket to us, and the browser would send our cookie along.
        if (!mayOpenLive(request)) return refuse(socket, '403 Forbidden');
        return void core.liveSockets.handleUpgrade(request, socket, head);
      default:
        return refuse(socket, '404 Not Found');
    }
  });
  return {
    async close() {
      const start = clock.monotonic();
      while (open.size > 0 && clock.monotonic() - start < GOODBYE) await sleep(clock, 10);
      for (const socket of open) socket.destroy();
    },
  };
}

/** Behind a proxy the address it added last, as for all other requests. */
const addressOf = ({ headers, socket }: IncomingMessage, behindProxy: boolean): string => {
  const forwarded = behindProxy
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : '';
  return forwarded || (socket.remoteAddress ?? '');
};

const mayOpenLive = ({ headers }: IncomingMessage): boolean =>
  headers.authorization !== undefined || isSameOrigin(headers, headers.host ?? '');

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
