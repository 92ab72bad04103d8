import { AppError, type Duration } from '@vakhta/kernel';
import type { Parity } from '../../line/parity.ts';
import { symbolTime } from '../../line/symbols.ts';
import { errorName, type Libc, openFlags, request } from './libc.ts';
import { lowLatencySet, serialStructSize } from './low-latency.ts';
import type { Port, PortSettings } from './port.ts';
import { keepsParity, rawTermios, termiosSize, withParity } from './termios.ts';

const transmitterEmpty = 1;
const exclusiveNoWait = 2 | 4;
const askAgainMicroseconds = 50;
/** A transmitter that is not empty long after it must be is waited for by the kernel's own slow way. */
const patience: Duration = 20;

/** A serial port or pseudo-terminal held open through the C library; its calls block, in microseconds. */
export class Tty implements Port {
  readonly fd: number;
  readonly #libc: Libc;
  readonly #now: () => Duration;
  #termios: Uint8Array = new Uint8Array(termiosSize);
  #knowsTransmitter = true;

  constructor(libc: Libc, fd: number, now: () => Duration) {
    this.#libc = libc;
    this.fd = fd;
    this.#now = now;
  }

  /** Opens a port for us alone. Throws an `AppError` whose code says why not. */
  static open(libc: Libc, path: string, now: () => Duration): Tty {
    const flags = openFlags.readWrite | openFlags.noControllingTerminal | openFlags.nonBlocking;
    const fd = libc.open(path, flags);
    if (fd < 0) throw openError(path, errorName(libc.errno()));
    const termios = new Uint8Array(termiosSize);
    if (libc.ioctl(fd, request.getTermios, termios) < 0) {
      libc.close(fd);
      throw new AppError('sas.line.not_serial', `${path} is not a serial port`, { context: { path } });
    }
    // The lock is for programs run by root, whom TIOCEXCL does not stop.
    if (libc.flock(fd, exclusiveNoWait) < 0) {
      libc.close(fd);
      throw openError(path, 'EBUSY');
    }
    libc.ioctlNumber(fd, request.exclusive, 0);
    return new Tty(libc, fd, now);
  }

  configure(settings: PortSettings): void {
    this.#termios = rawTermios(settings);
    if (this.#libc.ioctl(this.fd, request.setTermiosNow, this.#termios) < 0) throw this.#failed('settings');
    this.flush(true);
  }

  /** Says whether the driver does a parity, by setting it and reading it back. */
  keeps(parity: Parity): boolean {
    this.setParity(parity);
    const kept = new Uint8Array(termiosSize);
    return this.#libc.ioctl(this.fd, request.getTermios, kept) === 0 && keepsParity(kept, parity);
  }

  setParity(parity: Parity): void {
    this.#termios = withParity(this.#termios, parity);
    if (this.#libc.ioctl(this.fd, request.setTermiosDrained, this.#termios) < 0) throw this.#failed('parity');
  }

  write(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      const written = this.#libc.write(this.fd, bytes.subarray(from), bytes.length - from);
      if (written > 0) from += written;
      else {
        const error = errorName(this.#libc.errno());
        if (error !== 'EAGAIN' && error !== 'EINTR') throw gone(error);
        this.#libc.usleep(askAgainMicroseconds);
      }
    }
  }

  /**
   * Sleeps for the time on the wire, then asks the transmitter itself. The kernel's own wait looks only every tick
   * of its timer, 4 to 10 ms, which is more than the gap a machine allows; it is for drivers that cannot be asked.
   */
  drain(symbols: number): void {
    const deadline = this.#now() + symbols * symbolTime + patience;
    this.#libc.usleep(Math.ceil(symbols * symbolTime * 1000));
    const status = new Uint8Array(4);
    while (this.#knowsTransmitter && this.#now() < deadline) {
      if (this.#libc.ioctl(this.fd, request.lineStatus, status) < 0) this.#knowsTransmitter = false;
      else if (status[0]! & transmitterEmpty) return;
      else this.#libc.usleep(askAgainMicroseconds);
    }
    if (this.#libc.ioctlNumber(this.fd, request.drain, 1) < 0) throw this.#failed('drain');
  }

  pause(duration: Duration): void {
    if (duration > 0) this.#libc.usleep(Math.ceil(duration * 1000));
  }

  now(): Duration {
    return this.#now();
  }

  /** Reads what is there: `undefined` where there is nothing, and throws where the device has gone. */
  read(into: Uint8Array): Uint8Array | undefined {
    const length = this.#libc.read(this.fd, into, into.length);
    if (length > 0) return into.slice(0, length);
    const error = length < 0 ? errorName(this.#libc.errno()) : undefined;
    if (error === undefined || error === 'EAGAIN' || error === 'EINTR') return undefined;
    throw gone(error);
  }

  /** Forgets what was received; `both`: what was not sent, too. */
  flush(both = false): void {
    this.#libc.ioctlNumber(this.fd, request.flush, both ? 2 : 0);
  }

  /** Asks the driver to hand bytes over at once. Adapters that do not know it say no, and nothing changes. */
  askLowLatency(): void {
    const serial = new Uint8Array(serialStructSize);
    if (this.#libc.ioctl(this.fd, request.getSerial, serial) === 0)
      this.#libc.ioctl(this.fd, request.setSerial, lowLatencySet(serial));
  }

  close(): void {
    this.#libc.close(this.fd);
  }

  #failed(what: string): AppError {
    const error = errorName(this.#libc.errno());
    return error === 'EIO' || error === 'ENXIO' || error === 'ENODEV'
      ? gone(error)
      : new AppError('sas.line.port_refused', `the port refused: ${what} (${error})`, { context: { error } });
  }
}

/** Also what a pulled plug looks like. */
const gone = (error: string) =>
  new AppError('sas.line.gone', `the adapter has gone (${error})`, { context: { error }, retry: 'after' });

function openError(path: string, error: string): AppError {
  const of = (code: string, message: string) =>
    new AppError(code, message, { context: { path, error }, retry: 'after' });
  if (error === 'ENOENT' || error === 'ENODEV' || error === 'ENXIO')
    return of('sas.line.no_device', `there is no ${path}`);
  if (error === 'EACCES' || error === 'EPERM')
    return of('sas.line.no_permission', `no permission for ${path}: be in its group, most often dialout`);
  if (error === 'EBUSY') return of('sas.line.in_use', `another program has ${path} open`);
  return of('sas.line.open_failed', `cannot open ${path} (${error})`);
}
