import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { SasHost } from '../host/index.ts';
import { SimulatedMachine } from '../simulator/index.ts';
import { type LineAddress, listenTcpLine, openLastingLine, openPtyLine } from './index.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function simulated(): SimulatedMachine {
  const machine = new SimulatedMachine(
    { synced: false, credits: 1234, options: { answerDelayMs: 2 } },
    { clock: systemClock, random: seededRandom(1) },
  );
  ends.push(async () => machine.powerOff());
  return machine;
}

/** A host on a line that may be lost; tells what became of both. */
function hostOn(address: LineAddress) {
  const states: string[] = [];
  const told: string[] = [];
  const parts = { clock: systemClock, random: systemRandom };
  const line = openLastingLine(address, {
    ...parts,
    onOpened: ({ ninthBit }) => states.push(`line: ${ninthBit}`),
    onLost: () => states.push('line lost'),
  });
  ends.push(() => line.close());
  const host = new SasHost({ line, address: 1, ...parts });
  ends.push(() => host.stop());
  host.on('up', () => states.push('up'));
  host.on('down', () => states.push('down'));
  host.on('exception', ({ code }) => told.push(code));
  return { host, states, told };
}

test('a TCP line that is lost comes back, and what the machine raised meanwhile is told then', async () => {
  const machine = simulated();
  const serve = (port: number) =>
    listenTcpLine({ host: '127.0.0.1', port }, systemClock, (line) => machine.port.connect(line));
  const server = await serve(0);
  const { host, states, told } = hostOn({ kind: 'tcp', host: '127.0.0.1', port: server.port });
  const up = host.next('up');
  host.start();
  await up;
  const down = host.next('down');
  await server.close();
  await down;
  machine.play.door(true);
  const again = host.next('up');
  const opened = host.next('exception', { isMeant: ({ name }) => name === 'slotDoorOpened' });
  const second = await serve(server.port);
  ends.push(() => second.close());
  await Promise.all([again, opened]);
  expect(states).toEqual(['line: exact', 'up', 'line lost', 'down', 'line: exact', 'up']);
  expect(told.filter((code) => code === '11')).toHaveLength(1);
});

test('a serial port that is pulled out is found again by its lasting name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vakhta-sas-'));
  ends.push(() => rm(folder, { recursive: true }));
  const path = join(folder, 'usb-adapter');
  const machine = simulated();
  const plugIn = async () => {
    const pty = await openPtyLine('bridge', systemClock);
    machine.port.connect(pty.line);
    await rm(path, { force: true });
    await symlink(pty.path, path);
    return pty.line;
  };
  const first = await plugIn();
  const { host, states } = hostOn({ kind: 'serial', path, technique: 'bridge' });
  const up = host.next('up');
  host.start();
  await up;
  const down = host.next('down');
  await first.close();
  await down;
  const again = host.next('up');
  const second = await plugIn();
  ends.push(() => second.close());
  await again;
  expect(await host.ask('currentCredits', {})).toMatchObject({ ok: true, fields: { credits: 1234 } });
  expect(states).toEqual(['line: exact', 'up', 'line lost', 'down', 'line: exact', 'up']);
});
