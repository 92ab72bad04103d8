import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { LINK_PATH, type Wire, type WireHandlers } from '@vakhta/link';
import { WebSocketServer } from 'ws';

export interface LinkServer {
  /** 'http://127.0.0.1:PORT', or https where a certificate was given. */
  readonly url: string;
  close(): Promise<void>;
}

/** The link's end of a server on a real socket of this machine; `answer` serves everything that is not the link. */
export async function serveLink(options: {
  accept: (wire: Wire) => WireHandlers;
  answer?: (request: IncomingMessage, response: ServerResponse) => void;
  tls?: { cert: string; key: string };
  port?: number;
}): Promise<LinkServer> {
  const { accept, answer = (_, response) => response.writeHead(404).end(), tls, port = 0 } = options;
  const server = tls ? createHttpsServer(tls, answer) : createHttpServer(answer);
  const sockets = new WebSocketServer({ server, path: LINK_PATH });
  sockets.on('connection', (socket) => {
    const handlers = accept({
      send: (frame) => socket.send(frame),
      ping: () => socket.ping(),
      close: (code, reason) => socket.close(code, reason),
      terminate: () => socket.terminate(),
    });
    socket.on('message', (data: Buffer, isBinary) => handlers.frame(isBinary ? data : data.toString()));
    socket.on('close', (code, reason) => handlers.closed(code, reason.toString()));
    handlers.opened();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
