/** What a TV's wire does at its worst. Limits are short because the faults last: no test waits for luck. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { type Clock, milliseconds, systemClock, systemRandom } from '@vakhta/kernel';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScriptedHost } from '../../test/scripted-host.ts';
import { type AdbdServer, adbdProfiles, startAdbd } from '../simulator/adbd/index.ts';
import { AdbError } from './adb-error.ts';
import { type AdbConnectOptions, type AdbDevice, connectAdb } from './device.ts';
import { generateAdbKey } from './key.ts';
import { adbPacket, encodePacket } from './packet.ts';

const key = await generateAdbKey();
const otherKey = await generateAdbKey();
const short = milliseconds(60);

let host: ScriptedHost;
let server: AdbdServer;
let devices: AdbDevice[] = [];

beforeEach(async () => {
  host = new ScriptedHost();
  host.known.set(key.publicKey.encoded, key.publicKey);
  server = await startAdbd({ host, clock: systemClock, random: systemRandom });
});

afterEach(async () => {
  await Promise.all(devices.map((device) => device.close()));
  devices = [];
  await server.stop();
});

async function connect(options: Partial<AdbConnectOptions> = {}): Promise<AdbDevice> {
  const device = await connectAdb({
    host: '127.0.0.1',
    port: server.port,
    keys: [key],
    clock: systemClock,
    ...options,
  });
  devices.push(device);
  return device;
}

test('a closed port is adb.connect_refused, and an open one works again', async () => {
  await server.setFault('refuse');
  await expect(connect()).rejects.toMatchObject({ code: 'adb.connect_refused', retry: 'after' });
  await server.setFault('none');
  expect((await (await connect()).shell('echo back')).stdout).toBe('back\n');
});

test('a host that does not answer TCP is adb.connect_timeout', async () => {
  // Time that passes before any packet can: the same as a packet that never comes.
  const impatient: Clock = {
    ...systemClock,
    after: (_delay, run) => {
      queueMicrotask(run);
      return { cancel: () => {} };
    },
  };
  await expect(connect({ clock: impatient })).rejects.toMatchObject({ code: 'adb.connect_timeout' });
});

test('a device that accepts TCP and never speaks is adb.auth_timeout', async () => {
  await server.setFault('half_open');
  await expect(connect({ timeouts: { auth: short } })).rejects.toMatchObject({ code: 'adb.auth_timeout' });
});

test('a key nobody accepts in time is adb.unauthorized, whether it was refused or overlooked', async () => {
  const options = { keys: [otherKey], timeouts: { pairing: short } };
  await expect(connect(options)).rejects.toMatchObject({ code: 'adb.unauthorized' });
  host.rejected.add(otherKey.publicKey.encoded);
  await expect(connect(options)).rejects.toMatchObject({ code: 'adb.unauthorized' });
  expect(host.dialogs).toHaveLength(1);
});

test('without any key there is nothing to wait for', async () => {
  await expect(connect({ keys: [] })).rejects.toMatchObject({ code: 'adb.unauthorized' });
});

test('the connection that waits for acceptance ends as adb.unauthorized when the device closes it', async () => {
  const waiting = Promise.withResolvers<void>();
  const connecting = connect({ keys: [otherKey], onAuthorisationPending: waiting.resolve });
  connecting.catch(() => {});
  await waiting.promise;
  server.drop();
  await expect(connecting).rejects.toMatchObject({ code: 'adb.unauthorized' });
});

test('a command past its deadline is closed on the device too, and the connection lives on', async () => {
  const device = await connect();
  await expect(device.shell('hang', { deadline: short })).rejects.toMatchObject({ code: 'adb.deadline' });
  await expect.poll(() => host.abandoned).toBe(1);
  expect((await device.shell('echo alive')).stdout).toBe('alive\n');
});

test('an aborted command rejects with the reason given, and is closed on the device', async () => {
  const device = await connect();
  const controller = new AbortController();
  const running = device.shell('hang', { signal: controller.signal });
  running.catch(() => {});
  await expect.poll(() => host.hanging).toBe(1);
  controller.abort(new Error('the operator left'));
  await expect(running).rejects.toThrow('the operator left');
  await expect.poll(() => host.abandoned).toBe(1);
});

test('a device that stops answering is adb.stalled, for all its commands at once', async () => {
  const device = await connect({ timeouts: { stall: short } });
  await server.setFault('stall');
  const outcomes = await Promise.allSettled([
    device.shell('echo 1'),
    device.exec('echo 2'),
    device.stat('/'),
  ]);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'adb.stalled' } });
  }
  expect(await device.closed).toMatchObject({ code: 'adb.stalled' });
});

test('a long silent command is not a stall', async () => {
  const device = await connect({ timeouts: { stall: short } });
  await expect(device.shell('hang', { deadline: 5 * short })).rejects.toMatchObject({ code: 'adb.deadline' });
  expect((await device.shell('echo alive')).stdout).toBe('alive\n');
});

test('a stall that passes loses nothing', async () => {
  const device = await connect();
  await server.setFault('stall');
  const waiting = device.shell('echo patient');
  await server.setFault('none');
  expect((await waiting).stdout).toBe('patient\n');
});

test.each(['close', 'reset'] as const)(
  'a connection cut by %s in the middle of an answer is adb.closed',
  async (how) => {
    const device = await connect();
    server.drop(how, 300_000);
    await expect(device.exec('flood 2000000')).rejects.toMatchObject({ code: 'adb.closed' });
    expect(await device.closed).toMatchObject({ code: 'adb.closed' });
    expect((await (await connect()).exec('flood 2000000')).length).toBe(2_000_000);
  },
);

test('a full disk is told by the device and ends the push, not the connection', async () => {
  host.files.write = () => ({ ok: false, error: 'write failed: No space left on device' });
  const device = await connect();
  await expect(device.push('/sdcard/film', new Uint8Array(500_000))).rejects.toMatchObject({
    code: 'adb.refused',
    message: expect.stringContaining('No space left on device'),
  });
  expect((await device.shell('echo alive')).stdout).toBe('alive\n');
});

test('an abort while connecting rejects with its reason and leaves no connection', async () => {
  await server.setFault('stall');
  const controller = new AbortController();
  const connecting = connect({ signal: controller.signal });
  connecting.catch(() => {});
  await expect.poll(() => server.connections.length).toBe(1);
  controller.abort(new Error('shutting down'));
  await expect(connecting).rejects.toThrow('shutting down');
  await server.setFault('none');
  await expect.poll(() => server.connections.length).toBe(0);
});

const portOf = (listener: Server): number => {
  const address = listener.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** A peer that answers everything with the same bytes. */
async function withPeer<T>(answer: Uint8Array, use: (port: number) => Promise<T>): Promise<T> {
  const peer = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(answer));
  });
  peer.listen(0, '127.0.0.1');
  await once(peer, 'listening');
  try {
    return await use(portOf(peer));
  } finally {
    peer.close();
  }
}

test('whatever a stranger on the port says ends in an AdbError, in time', async () => {
  const strangers = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 400 }),
    fc
      .record({
        command: fc.constantFrom(
          'CNXN' as const,
          'AUTH' as const,
          'OKAY' as const,
          'WRTE' as const,
          'STLS' as const,
        ),
        arg0: fc.constantFrom(0, 1, 2, 0xffffffff),
        payload: fc.uint8Array({ maxLength: 30 }),
      })
      .map(({ command, arg0, payload }) => encodePacket(adbPacket(command, arg0, 0, payload), true)),
  );
  await fc.assert(
    fc.asyncProperty(strangers, (answer) =>
      withPeer(answer, async (port) => {
        const failure = await connect({ port, timeouts: { auth: milliseconds(20) } }).catch((error) => error);
        expect(failure).toBeInstanceOf(AdbError);
      }),
    ),
    { numRuns: 60 },
  );
});

test('a port of wireless debugging is named as such', async () => {
  await withPeer(encodePacket(adbPacket('STLS', 0x01000000), true), async (port) => {
    await expect(connect({ port })).rejects.toThrow('wireless debugging');
  });
});

test('half a packet that never ends is adb.stalled', async () => {
  const welcome = encodePacket(adbPacket('CNXN', 0x01000001, 4096, Buffer.from('device::')), true);
  const half = encodePacket(adbPacket('WRTE', 1, 1, new Uint8Array(100)), true).subarray(0, 60);
  await withPeer(Buffer.concat([welcome, half]), async (port) => {
    const device = await connect({ port, timeouts: { stall: short } });
    expect(await device.closed).toMatchObject({ code: 'adb.stalled' });
  });
});

test('a device that talks on but takes no more bytes is adb.stalled', async () => {
  const welcome = encodePacket(adbPacket('CNXN', 0x01000001, 1024 * 1024, Buffer.from('device::')), true);
  const chatter = encodePacket(adbPacket('OKAY', 9, 9), true);
  let talking: NodeJS.Timeout | undefined;
  const peer = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.pause();
      socket.write(welcome);
      talking = setInterval(() => socket.write(chatter), 5);
    });
  });
  peer.listen(0, '127.0.0.1');
  await once(peer, 'listening');
  try {
    const device = await connect({ port: portOf(peer), timeouts: { stall: milliseconds(500) } });
    // Far more than the kernels of both sides hold.
    const requests = Array.from({ length: 20 }, () => device.shell('x'.repeat(1_000_000)));
    for (const outcome of await Promise.allSettled(requests)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'adb.stalled' } });
    }
    expect((await device.closed)?.message).toBe('the device stopped taking what we send');
  } finally {
    clearInterval(talking);
    peer.close();
  }
});

test('fifty devices in one process, ten commands each at once', async () => {
  const servers = await Promise.all(
    Array.from({ length: 50 }, () =>
      startAdbd({ host, clock: systemClock, random: systemRandom, profile: adbdProfiles.android7 }),
    ),
  );
  try {
    const outputs = await Promise.all(
      servers.map(async ({ port }) => {
        const device = await connect({ port });
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, i) => device.shell(`echo ${port} ${i}`)),
        );
        return answers.map(({ stdout }) => stdout);
      }),
    );
    expect(outputs).toEqual(
      servers.map(({ port }) => Array.from({ length: 10 }, (_, i) => `${port} ${i}\n`)),
    );
  } finally {
    await Promise.all(servers.map((each) => each.stop()));
  }
});
