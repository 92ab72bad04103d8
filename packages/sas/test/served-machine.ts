import { seededRandom, systemClock } from '@vakhta/kernel';
import { type PartialSetup, SimulatedMachine } from '../src/simulator/index.ts';
import { listenTcpLine, openPtyLine } from '../src/transports/index.ts';

/** A simulated machine that nobody plays, on a real line; `line` is what a command line is given. */
export async function servedMachine(kind: 'tcp' | 'bridge' | 'gap', setup: PartialSetup) {
  const machine = new SimulatedMachine(
    { synced: false, ...setup, options: { answerDelayMs: 2, ...setup.options } },
    { clock: systemClock, random: seededRandom(1) },
  );
  const { line, close } = await serve(kind, machine);
  return {
    machine,
    line,
    async [Symbol.asyncDispose]() {
      machine.powerOff();
      await close();
    },
  };
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
