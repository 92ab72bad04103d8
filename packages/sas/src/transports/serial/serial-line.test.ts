import { systemClock } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { encodeParmrk, hostSymbols, type Line } from '../../line/index.ts';
import { SerialLine } from './serial-line.ts';
import type { PortOrder } from './worker-messages.ts';

const open: Line[] = [];
async function lineTo(order: PortOrder): Promise<SerialLine> {
  const line = await SerialLine.open(order, { clock: systemClock, latency: () => 0 });
  open.push(line);
  return line;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((line) => line.close()));
});

/** Collects what a line hears, and waits for so many symbols. */
function hearing(line: Line) {
  const heard: { symbol: number; at: number }[] = [];
  let wanted = 0;
  let done = () => {};
  line.receive((symbols) => {
    heard.push(...symbols);
    if (heard.length >= wanted) done();
  });
  return {
    symbols: () => heard.map(({ symbol }) => symbol),
    heard,
    until: (count: number) =>
      new Promise<void>((resolve) => {
        wanted = count;
        done = resolve;
        if (heard.length >= count) resolve();
      }),
  };
}

test('a host speaks to a machine through a real tty, every byte value unharmed in both directions', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'auto' });
  expect(host.port.ninthBit).toBe('lost');
  const atMachine = hearing(machine);
  const atHost = hearing(host);
  const poll = hostSymbols([1, ...Array.from({ length: 256 }, (_, byte) => byte)]);
  await host.send(poll);
  await atMachine.until(poll.length);
  expect(atMachine.symbols()).toEqual(poll);
  const answer = Array.from({ length: 256 }, (_, byte) => byte);
  await machine.send(answer);
  await atHost.until(answer.length);
  expect(atHost.symbols()).toEqual(answer);
});

test('a pseudo-terminal’s machine knows the first byte of every message by the silence before it', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'markSpace' });
  const atMachine = hearing(machine);
  for (const bytes of [[0x80], [0x81], [0x01, 0x1f], [0x01, 0x54], [0x80], [0x02, 0x81]])
    await host.send(hostSymbols(bytes));
  await atMachine.until(9);
  expect(atMachine.symbols()).toEqual([0x180, 0x181, 0x101, 0x1f, 0x101, 0x54, 0x180, 0x102, 0x81]);
});

test('over a bridge the ninth bit is exact in both directions', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'bridge' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'bridge' });
  expect(host.port.ninthBit).toBe('bridge');
  const every = Array.from({ length: 512 }, (_, symbol) => symbol);
  const atMachine = hearing(machine);
  const atHost = hearing(host);
  await host.send(every);
  await machine.send(every.toReversed());
  await Promise.all([atMachine.until(512), atHost.until(512)]);
  expect(atMachine.symbols()).toEqual(every);
  expect(atHost.symbols()).toEqual(every.toReversed());
});

test('the kernel’s own marks are read: what comes coded as FF 00 w on a port that doubles FF stays as it is', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'markSpace' });
  const atHost = hearing(host);
  const bytes = [...encodeParmrk([0x101])];
  await machine.send(bytes);
  await atHost.until(3);
  expect(atHost.symbols()).toEqual([0xff, 0x00, 0x01]);
});

test('times are those of the clock handed in, and a message ends after it began', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'markSpace' });
  const atMachine = hearing(machine);
  const before = systemClock.monotonic();
  const end = await host.send(hostSymbols([0x01, 0x1f]));
  await atMachine.until(2);
  const after = systemClock.monotonic();
  expect(end).toBeGreaterThan(before + 1);
  expect(end).toBeLessThan(after);
  expect(atMachine.heard[0]!.at).toBeGreaterThan(before);
  expect(atMachine.heard[1]!.at).toBeLessThan(after);
  expect(host.statistics.messages).toBe(1);
});

test('a wakeup byte and the byte after it stay together while the event loop is blocked', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'markSpace' });
  const atMachine = hearing(machine);
  const sent = host.send(hostSymbols([0x01, 0x1f]));
  const end = systemClock.monotonic() + 60;
  while (systemClock.monotonic() < end);
  const sentAt = await sent;
  await atMachine.until(2);
  // It left while nothing of ours could run.
  expect(sentAt).toBeLessThan(end);
});

test('a flush forgets what came before it', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'markSpace' });
  await machine.send([0x55]);
  host.flush();
  const atHost = hearing(host);
  await host.send([0x181]);
  await machine.send([0x01]);
  await atHost.until(1);
  expect(atHost.symbols()).toEqual([0x01]);
});

test('a port is ours alone, and one that is not there is named', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const { path } = machine.port;
  const refused = (order: PortOrder) => expect(lineTo(order)).rejects;
  await lineTo({ kind: 'serial', path, technique: 'auto' });
  await refused({ kind: 'serial', path, technique: 'auto' }).toMatchObject({ code: 'sas.line.in_use' });
  await refused({ kind: 'serial', path: '/dev/no-such-tty', technique: 'auto' }).toMatchObject({
    code: 'sas.line.no_device',
  });
  await refused({ kind: 'serial', path: '/dev/null', technique: 'auto' }).toMatchObject({
    code: 'sas.line.not_serial',
  });
});

test('a pulled plug closes the line with its cause, and fails what was being sent', async () => {
  const machine = await lineTo({ kind: 'pty', coding: 'gap' });
  const host = await lineTo({ kind: 'serial', path: machine.port.path, technique: 'markSpace' });
  await machine.close();
  const sent = host.send([0x181]).catch((error: unknown) => error);
  expect(await host.closed).toMatch(/has gone/);
  await sent;
  await expect(host.send([0x181])).rejects.toMatchObject({ code: 'sas.line.closed' });
});
