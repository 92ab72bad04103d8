/** The thread that owns one port. It blocks in poll(2), so nothing of Node stands between it and the wire. */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { AppError } from '@vakhta/kernel';
import { symbolTime, type TimedSymbol } from '../../line/symbols.ts';
import { hungUp, type Libc, openLibc, readable } from './libc.ts';
import { openPort, type ReadyPort } from './open-port.ts';
import type { FromPort, PortOrder, ToPort } from './worker-messages.ts';

const { order, channel } = workerData as { order: PortOrder; channel: MessagePort };
const tell = (message: FromPort) => channel.postMessage(message);
const now = () => Number(process.hrtime.bigint()) / 1e6;
/** How long one poll(2) blocks: Node can end the thread only between two. */
const pollLimit = 200;
const pollEntrySize = 8;

function pollEntries(fds: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(fds.length * pollEntrySize);
  const view = new DataView(bytes.buffer);
  fds.forEach((fd, index) => {
    view.setInt32(index * pollEntrySize, fd, true);
    view.setInt16(index * pollEntrySize + 4, readable, true);
  });
  return bytes;
}

const roundRobin = 2;
const lowestRealTime = 1;

/** So that a busy computer does not stretch a gap: this thread works for a fraction of a millisecond at a time. */
const askRealTime = (libc: Libc): boolean =>
  libc.setScheduler(0, roundRobin, Int32Array.of(lowestRealTime)) === 0;

function run(libc: Libc, port: ReadyPort, wakeFd: number): string | undefined {
  const { tty, coding } = port;
  const buffer = new Uint8Array(1024);
  const entries = pollEntries([tty.fd, wakeFd]);
  const events = new DataView(entries.buffer);
  let epoch = 0;
  let lastAt = 0;

  const receive = (revents: number) => {
    const bytes = tty.read(buffer);
    // A tty that was hung up, by a pulled plug, is readable for ever and gives nothing.
    if (!bytes && revents & hungUp) throw new AppError('sas.line.gone', 'the adapter has gone (hung up)');
    if (!bytes) return;
    const at = now();
    const decoded = coding.decode(bytes, at);
    const symbols: TimedSymbol[] = decoded.map((symbol, index) => {
      const earlier = coding.atLinePace ? (decoded.length - 1 - index) * symbolTime : 0;
      lastAt = Math.max(lastAt, at - earlier);
      return { symbol, at: lastAt };
    });
    if (symbols.length > 0) tell({ kind: 'received', epoch, symbols });
  };

  while (true) {
    libc.poll(entries, 2, pollLimit);
    const revents = events.getInt16(6, true);
    if (revents !== 0) receive(revents);
    if (events.getInt16(pollEntrySize + 6, true) === 0) continue;
    libc.read(wakeFd, buffer, buffer.length);
    for (let next = receiveMessageOnPort(channel); next; next = receiveMessageOnPort(channel)) {
      const message = next.message as ToPort;
      if (message.kind === 'close') return undefined;
      if (message.kind === 'flush') {
        epoch = message.epoch;
        tty.flush();
      } else {
        const { end, gap } = coding.send(tty, message.symbols);
        tell({ kind: 'sent', id: message.id, end, gap });
      }
    }
  }
}

let libc: Libc | undefined;
let port: ReadyPort | undefined;
let wakeFd: number | undefined;
let cause: string | undefined;
try {
  libc = openLibc();
  port = openPort(libc, order, now);
  const ends = new Int32Array(2);
  libc.pipe(new Uint8Array(ends.buffer));
  wakeFd = ends[0]!;
  tell({ kind: 'opened', wakeFd: ends[1]!, port: { ...port.opened, realTime: askRealTime(libc) } });
  cause = run(libc, port, wakeFd);
} catch (error) {
  const code = error instanceof AppError ? error.code : 'sas.line.broken';
  const message = error instanceof Error ? error.message : String(error);
  cause = message;
  if (!port)
    tell({ kind: 'refused', code, message, context: error instanceof AppError ? error.context : {} });
} finally {
  port?.close();
  if (wakeFd !== undefined) libc?.close(wakeFd);
  tell({ kind: 'closed', cause });
  channel.close();
}
