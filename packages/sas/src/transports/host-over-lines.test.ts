import { seededRandom, systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { SasHost } from '../host/index.ts';
import type { Line } from '../line/index.ts';
import { SimulatedMachine } from '../simulator/index.ts';
import { type LineAddress, listenTcpLine, openLine, openPtyLine } from './index.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A machine's end of each kind of line, and where a host opens the other. */
const kinds: Record<string, (onLine: (line: Line) => void) => Promise<LineAddress>> = {
  TCP: async (onLine) => {
    const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, onLine);
    ends.push(() => server.close());
    return { kind: 'tcp', host: '127.0.0.1', port: server.port };
  },
  'a bridge': async (onLine) => {
    const { path, line } = await openPtyLine('bridge', systemClock);
    ends.push(() => line.close());
    onLine(line);
    return { kind: 'serial', path, technique: 'bridge' };
  },
  'a pseudo-terminal, by the code for serial ports': async (onLine) => {
    const { path, line } = await openPtyLine('gap', systemClock);
    ends.push(() => line.close());
    onLine(line);
    return { kind: 'serial', path, technique: 'markSpace' };
  },
};

test.each(Object.keys(kinds))(
  'the host finds a machine over %s, reads it and hears what happens in it',
  async (kind) => {
    const machine = new SimulatedMachine(
      { synced: false, credits: 1234, options: { answerDelayMs: 2 } },
      { clock: systemClock, random: seededRandom(1) },
    );
    ends.push(async () => machine.powerOff());
    const address = await kinds[kind]!((line) => machine.port.connect(line));
    const { line } = await openLine(address, { clock: systemClock });
    ends.push(() => line.close());
    const host = new SasHost({ line, address: 1, clock: systemClock, random: systemRandom });
    ends.push(() => host.stop());
    const up = new Promise<void>((resolve) => void host.once('up', () => resolve()));
    const opened = new Promise<string>(
      (resolve) => void host.on('exception', ({ code }) => code === '11' && resolve(code)),
    );
    host.start();
    await up;
    expect(await host.ask('currentCredits', {})).toMatchObject({
      ok: true,
      kind: 'data',
      fields: { credits: 1234 },
      frame: expect.stringMatching(/^011A/),
    });
    machine.play.door(true);
    expect(await opened).toBe('11');
  },
);
