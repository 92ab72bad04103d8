import type { Duplex } from 'node:stream';
import type { Wire, WireHandlers } from '@vakhta/link';
import type { WebSocket } from 'ws';
import { gatherWrites } from '../../platform/http/gather-writes.ts';

/** Serves an accepted WebSocket, which lies over `stream`, as a wire. */
export function serveWire(socket: WebSocket, stream: Duplex, accept: (wire: Wire) => WireHandlers): void {
  const gather = gatherWrites(stream);
  const open = () => socket.readyState === socket.OPEN;
  const handlers = accept({
    send: (frame) => {
      if (!open()) return;
      gather();
      socket.send(frame);
    },
    ping: () => {
      if (open()) socket.ping();
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  });
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    handlers.alive();
    handlers.frame(isBinary ? data : data.toString('utf8'));
  });
  socket.on('ping', () => handlers.alive());
  socket.on('pong', () => handlers.alive());
  // 'close' follows every 'error'; without a listener the error would end the process.
  socket.on('error', () => {});
  socket.on('close', (code: number, reason: Buffer) => handlers.closed(code, reason.toString()));
  handlers.opened();
}
