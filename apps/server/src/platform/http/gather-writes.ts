import type { Duplex } from 'node:stream';

/**
 * Lets everything that is written to a socket within one turn leave together. Calling what this returns before a write
 * costs nothing; not calling it costs a system call a message, which is most of the work of telling many things at once.
 */
export function gatherWrites(socket: Duplex): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    socket.cork();
    process.nextTick(() => {
      isGathering = false;
      socket.uncork();
    });
  };
}
