import { AppError, type Duration } from '@vakhta/kernel';
import { errorName, type Libc, openFlags, request } from './libc.ts';
import { Tty } from './tty.ts';

/** A pseudo-terminal: the machine's end, and the path a host opens as it would a serial port. */
export interface OpenedPty {
  readonly tty: Tty;
  readonly path: string;
  close(): void;
}

/** Opens one. We keep the host's end open too, raw: without it every read fails while no host is there. */
export function openPty(libc: Libc, now: () => Duration): OpenedPty {
  const flags = openFlags.readWrite | openFlags.noControllingTerminal | openFlags.nonBlocking;
  const fd = libc.open('/dev/ptmx', flags);
  const number = new Uint8Array(4);
  if (
    fd < 0 ||
    libc.ioctl(fd, request.ptyLock, new Uint8Array(4)) < 0 ||
    libc.ioctl(fd, request.ptyNumber, number) < 0
  )
    throw new AppError('sas.line.no_pty', `no pseudo-terminal to be had (${errorName(libc.errno())})`);
  const path = `/dev/pts/${new DataView(number.buffer).getUint32(0, true)}`;
  const hostEnd = libc.open(path, flags);
  if (hostEnd < 0) throw new AppError('sas.line.no_pty', `cannot open ${path} (${errorName(libc.errno())})`);
  const held = new Tty(libc, hostEnd, now);
  held.configure({ baud: 19_200, parity: undefined });
  const tty = new Tty(libc, fd, now);
  return {
    tty,
    path,
    close: () => {
      held.close();
      tty.close();
    },
  };
}
