import type { Clock, Duration, Random } from '@vakhta/kernel';
import { LastingLine, type LastingLineOptions } from '../line/lasting-line.ts';
import type { Line } from '../line/line.ts';
import { type OpenLine, openLine } from './open-line.ts';
import type { LineAddress } from './parse-line-address.ts';

export interface OpenLastingLineOptions extends Pick<LastingLineOptions, 'onLost' | 'onRefused'> {
  readonly clock: Clock;
  readonly random: Random;
  readonly latency?: Duration | undefined;
  /** Told each time: another adapter may be found at the same address. */
  readonly onOpened?: (open: OpenLine) => void;
}

/**
 * Opens a line, again and again whenever it is lost or cannot be had yet. Name a serial port by
 * `/dev/serial/by-id/…`: the number of `ttyUSB0` changes when a plug was out.
 */
export function openLastingLine(
  address: LineAddress,
  { clock, random, latency, onOpened = () => {}, ...told }: OpenLastingLineOptions,
): LastingLine<Line> {
  const open = async () => {
    const opened = await openLine(address, { clock, latency });
    onOpened(opened);
    return opened.line;
  };
  return new LastingLine({ open, clock, random, ...told });
}
