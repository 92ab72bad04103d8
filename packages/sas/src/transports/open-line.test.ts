import { systemClock } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { lineWarning, listenTcpLine, openLine, openPtyLine } from './index.ts';

test('a line is opened by its address, and its ninth bit is known', async () => {
  const pty = await openPtyLine('gap', systemClock);
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, () => {});
  const parts = { clock: systemClock };
  const serial = await openLine(
    { kind: 'serial', path: pty.path, technique: 'auto' },
    { ...parts, latency: 7 },
  );
  const tcp = await openLine({ kind: 'tcp', host: '127.0.0.1', port: server.port }, parts);
  expect([serial.ninthBit, serial.line.latency, tcp.ninthBit]).toEqual(['lost', 7, 'exact']);
  expect(lineWarning(serial, 1)).toContain('without the wakeup bit');
  expect(lineWarning(tcp, 1)).toBeUndefined();
  await Promise.all([serial.line.close(), tcp.line.close()]);
  await Promise.all([pty.line.close(), server.close()]);
});

test('fixed even parity lists at the start what it cannot send', () => {
  expect(lineWarning({ ninthBit: 'fixedEven' }, 1)).toMatch(
    /second wakeup bit: 01 02 04 07 08 0B 0E 10 .* B0/,
  );
});
