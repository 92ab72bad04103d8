import { type Connect, MAX_FRAME_BYTES } from '@vakhta/link';
import { WebSocket } from 'ws';

/**
 * Wires over WebSocket. With `authority` (PEM) a server is believed only if its certificate was signed by it: for a LAN
 * with an authority of its own.
 */
export function webSocketConnect(options: { authority?: string } = {}): Connect {
  return (url, handlers) => {
    const socket = new WebSocket(url, {
      ...(options.authority !== undefined && { ca: options.authority }),
      maxPayload: MAX_FRAME_BYTES,
      // Batches are small and pictures are compressed already; a compressor per connection costs memory on both sides.
      perMessageDeflate: false,
      followRedirects: false,
    });
    let problem = '';
    socket.on('open', handlers.opened);
    socket.on('message', (data, isBinary) => {
      handlers.alive();
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
      handlers.frame(isBinary ? bytes : bytes.toString());
    });
    socket.on('ping', handlers.alive);
    socket.on('pong', handlers.alive);
    socket.on('error', (error) => {
      problem = error.message;
    });
    socket.on('close', (code, reason) => handlers.closed(code, reason.toString() || problem));
    return {
      send(frame) {
        if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      },
      ping() {
        if (socket.readyState === WebSocket.OPEN) socket.ping();
      },
      close: (code, reason) => socket.close(code, reason),
      terminate: () => socket.terminate(),
    };
  };
}
