import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { SasHost, type SasHostOptions } from '../src/host/index.ts';
import { type MemoryLineOptions, memoryLine } from '../src/line/index.ts';
import { type PartialSetup, SimulatedMachine } from '../src/simulator/index.ts';

/** A host and a simulated machine on one line, on a clock that a test moves. */
export function hostBench(
  options: {
    readonly setup?: PartialSetup;
    readonly host?: Partial<SasHostOptions>;
    readonly line?: Partial<MemoryLineOptions>;
    readonly seed?: number;
  } = {},
) {
  const clock = new VirtualClock();
  const random = seededRandom(options.seed ?? 1);
  const line = memoryLine({ clock, ...options.line });
  const machine = new SimulatedMachine(
    { synced: false, ...options.setup, options: { answerDelayMs: 2, ...options.setup?.options } },
    { clock, random },
  );
  machine.port.connect(line.machine);
  const host = new SasHost({
    line: line.host,
    address: options.setup?.address ?? 1,
    clock,
    random,
    ...options.host,
  });
  return { clock, random, line, machine, host };
}
