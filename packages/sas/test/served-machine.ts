import { seededRandom, systemClock } from '@vakhta/kernel';
import { onTestFinished } from 'vitest';
import { type PartialSetup, SimulatedMachine } from '../src/simulator/index.ts';
import { listenTcpLine, openPtyLine } from '../src/transports/index.ts';

/** A simulated machine that nobody plays, on a real line until the test ends; `line` is for a command line. */
export async function servedMachine(
  kind: 'tcp' | 'bridge' | 'gap',
  setup: PartialSetup,
): Promise<{ readonly machine: SimulatedMachine; readonly line: string }> {
  const machine = new SimulatedMachine(
    { synced: false, ...setup, options: { answerDelayMs: 2, ...setup.options } },
    { clock: systemClock, random: seededRandom(1) },
  );
  const { line, close } = await serve(kind, machine);
  onTestFinished(async () => {
    machine.powerOff();
    await close();
  });
  return { machine, line };
}

async function serve(kind: 'tcp' | 'bridge' | 'gap', machine: SimulatedMachine) {
  if (kind === 'tcp') {
    const place = { host: '127.0.0.1', port: 0 };
    const server = await listenTcpLine(place, systemClock, (line) => machine.port.connect(line));
    return { line: `tcp://127.0.0.1:${server.port}`, close: () => server.close() };
  }
  const { path, line } = await openPtyLine(kind, systemClock);
  machine.port.connect(line);
  return { line: kind === 'bridge' ? `bridge:${path}` : path, close: () => line.close() };
}
