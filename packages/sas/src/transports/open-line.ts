import { AppError, type Clock, type Duration } from '@vakhta/kernel';
import { evenParityLimits, evenParityWarning } from '../line/even-parity-limits.ts';
import { EvenParityLine } from '../line/even-parity-line.ts';
import type { Line } from '../line/line.ts';
import { messageNames, messages } from '../messages/registry.ts';
import type { LineAddress } from './parse-line-address.ts';
import { type Adapter, adapterLatency, readAdapter } from './serial/adapter.ts';
import { SerialLine } from './serial/serial-line.ts';
import { connectTcpLine } from './tcp/tcp-line.ts';

/** An open line and what is known of its device. */
export interface OpenLine {
  readonly line: Line;
  /** How the ninth bit is carried: `lost` means that a strict machine will not follow. */
  readonly ninthBit: 'exact' | 'markSpace' | 'evenOdd' | 'fixedEven' | 'lost';
  /** Only of a serial port. */
  readonly adapter: Adapter | undefined;
  readonly statistics: SerialLine['statistics'] | undefined;
  /** Whether the thread of a serial port goes before ordinary ones. */
  readonly realTime: boolean;
}

/** Opens a line. Rejects with an `AppError` `sas.line.*`. `latency` overrides what is made of the adapter. */
export async function openLine(
  address: LineAddress,
  { clock, latency }: { clock: Clock; latency?: Duration | undefined },
): Promise<OpenLine> {
  if (address.kind === 'tcp') {
    const line = await connectTcpLine(address, clock);
    return { line, ninthBit: 'exact', adapter: undefined, statistics: undefined, realTime: false };
  }
  if (process.platform !== 'linux')
    throw new AppError(
      'sas.line.unserved_system',
      `serial ports are served on Linux, not on ${process.platform}`,
      {
        context: { platform: process.platform },
      },
    );
  const adapter = await readAdapter(address.path);
  const line = await SerialLine.open(
    { kind: 'serial', path: address.path, technique: address.technique },
    { clock, latency: (port) => latency ?? adapterLatency(adapter, port) },
  );
  const ninthBit = line.port.ninthBit === 'bridge' ? 'exact' : line.port.ninthBit;
  const kept = ninthBit === 'fixedEven' ? new EvenParityLine(line) : line;
  return { line: kept, ninthBit, adapter, statistics: line.statistics, realTime: line.port.realTime };
}

/** What this line cannot say to a machine, in words, for the log at the start; undefined where it can say all. */
export function lineWarning({ ninthBit }: Pick<OpenLine, 'ninthBit'>, address: number): string | undefined {
  if (ninthBit === 'lost')
    return 'this port has no parity: every byte goes out without the wakeup bit, only a lenient machine will follow';
  if (ninthBit !== 'fixedEven') return undefined;
  const codes = messageNames.map((name) => Number.parseInt(messages[name].code, 16)).sort((a, b) => a - b);
  return evenParityWarning(address, evenParityLimits(address, codes));
}
