import type { Wire, WireHandlers } from '@vakhta/link';
import type { WebSocket } from 'ws';

/** Serves an accepted WebSocket as a wire. */
export function serveWire(socket: WebSocket, accept: (wire: Wire) => WireHandlers): void {
  const open = () => socket.readyState === socket.OPEN;
  const handlers = accept({
    send: (frame) => {
      if (open()) socket.send(frame);
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
