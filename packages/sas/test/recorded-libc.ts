import type { Parity } from '../src/line/index.ts';
import { type Libc, request } from '../src/transports/serial/libc.ts';
import { keepsParity } from '../src/transports/serial/termios.ts';

const parities: readonly Parity[] = ['mark', 'space', 'even', 'odd'];
const notThatIoctl = 25;

/** What a driver can do: `parities` it keeps, and whether it tells that its transmitter is empty. */
export interface RecordedDevice {
  readonly parities: readonly Parity[];
  readonly tellsTransmitter: boolean;
  /** How often it is asked before the last bit has left. */
  readonly busyFor: number;
}

/** The C library with one serial port in it. It writes down the calls that matter for the order on the wire. */
export function recordedLibc(device: RecordedDevice): { readonly libc: Libc; readonly calls: string[] } {
  const calls: string[] = [];
  let errno = 0;
  let termios = new Uint8Array(36);
  let busy = 0;
  const refuse = (number: number): number => {
    errno = number;
    return -1;
  };
  const parityOf = (bytes: Uint8Array) => parities.find((parity) => keepsParity(bytes, parity));
  const libc: Libc = {
    open: () => 3,
    close: () => 0,
    read: () => refuse(11),
    write(_, bytes, size) {
      calls.push(`write ${Buffer.from(bytes).toString('hex')}`);
      busy = device.busyFor;
      return size;
    },
    ioctl(_, number, argument) {
      if (number === request.getTermios) argument.set(termios);
      else if (number === request.setTermiosDrained || number === request.setTermiosNow) {
        const parity = parityOf(argument);
        if (number === request.setTermiosDrained) calls.push(String(parity));
        // A driver that cannot do it leaves the port as it was, without a word.
        if (parity === undefined || device.parities.includes(parity)) termios = Uint8Array.from(argument);
      } else if (number === request.lineStatus && device.tellsTransmitter) {
        argument[0] = busy > 0 ? 0 : 1;
        calls.push(busy-- > 0 ? 'busy' : 'empty');
      } else return refuse(notThatIoctl);
      return 0;
    },
    ioctlNumber(_, number) {
      if (number === request.drain) calls.push('drained');
      return 0;
    },
    poll: () => 0,
    usleep: () => 0,
    flock: () => 0,
    setScheduler: () => 0,
    pipe: () => 0,
    errno: () => errno,
  };
  return { libc, calls };
}
