import type { Duration } from '@vakhta/kernel';
import type { LineSymbol } from '../../line/symbols.ts';
import type { Port, PortSettings } from './port.ts';

/** When a message went out, in milliseconds of the port's monotonic clock. */
export interface SendTimes {
  /** The last bit has left. */
  readonly end: Duration;
  /** From the last bit of the wakeup byte to the byte after it, where the coding can tell. */
  readonly gap: Duration | undefined;
}

/** How symbols become what a port does, and how they are read back. One per open port: it keeps state. */
export interface Coding {
  readonly settings: PortSettings;
  /** The bytes read come at the pace of the line, so a byte read with others arrived earlier than the last of them. */
  readonly atLinePace: boolean;
  send(port: Port, symbols: readonly LineSymbol[]): SendTimes;
  decode(bytes: Uint8Array, at: Duration): LineSymbol[];
}
