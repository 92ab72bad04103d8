import type { WebSocket } from 'ws';

/**
 * One connection from an agent, whatever carries it. Frames arrive in order; texts are JSON messages, bytes are picture
 * frames.
 */
export interface Wire {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Stops reading, so that a fast agent feels a slow database. */
  pause(): void;
  resume(): void;
  listen(handlers: { frame(frame: string | Uint8Array): void; closed(): void }): void;
}

/** A `ws` socket as a wire. */
export function webSocketWire(socket: WebSocket): Wire {
  return {
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    listen({ frame, closed }) {
      socket.on('message', (data: Buffer, isBinary: boolean) =>
        frame(isBinary ? data : data.toString('utf8')),
      );
      socket.on('close', closed);
      // 'close' follows every 'error'; without a listener the error would end the process.
      socket.on('error', () => {});
    },
  };
}
