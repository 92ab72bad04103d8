import type { Duration } from '@vakhta/kernel';
import type { Parity } from '../../line/parity.ts';

/** What a coding may do with an open port. Each call returns when it is done; nothing else runs in between. */
export interface Port {
  /** Gives all of it to the driver. */
  write(bytes: Uint8Array): void;
  /** Returns when the last bit of the `symbols` written since the last drain has left the shift register. */
  drain(symbols: number): void;
  /** Changes the parity of what is written from now on. What has not left by then would change too: drain first. */
  setParity(parity: Parity): void;
  /** Does nothing for so long. */
  pause(duration: Duration): void;
  /** Milliseconds of the monotonic clock of this port. */
  now(): Duration;
}

/** How a port is set up when it is opened. */
export interface PortSettings {
  readonly baud: 19_200 | 921_600;
  /** `undefined` is no parity at all: 8N1. */
  readonly parity: Parity | undefined;
}
