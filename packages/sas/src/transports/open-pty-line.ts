import { AppError, type Clock } from '@vakhta/kernel';
import type { Line } from '../line/line.ts';
import { SerialLine } from './serial/serial-line.ts';

/**
 * The machine's end of a new pseudo-terminal, and the path a host opens like a serial port. `gap` guesses the ninth
 * bit by the silence before a message, for a host that switches parity in vain; `bridge` carries it exactly, for a
 * host that opens `bridge:PATH`.
 */
export async function openPtyLine(
  coding: 'gap' | 'bridge',
  clock: Clock,
): Promise<{ readonly path: string; readonly line: Line }> {
  if (process.platform !== 'linux')
    throw new AppError(
      'sas.line.unserved_system',
      `pseudo-terminals are served on Linux, not on ${process.platform}`,
    );
  const line = await SerialLine.open({ kind: 'pty', coding }, { clock, latency: () => 1 });
  return { path: line.port.path, line };
}
