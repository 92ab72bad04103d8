import type { Clock, Duration } from '@vakhta/kernel';
import type { WebSocket } from 'ws';

/** Pings a socket every `period` and ends it when a ping was not answered by the next: a half-open line is found out. */
export function keepAlive(socket: WebSocket, clock: Clock, period: Duration): void {
  let answered = true;
  const beat = clock.every(period, () => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  });
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('close', () => beat.cancel());
}
