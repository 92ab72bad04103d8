import { systemClock, systemRandom } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { ScriptedHost } from '../../../test/scripted-host.ts';
import { Connection } from '../../adb/connection.ts';
import { handshake } from '../../adb/handshake.ts';
import { decodeStatV2, encodeSyncBlock, encodeSyncHeader } from '../../adb/sync-protocol.ts';
import { connectSocket, Transport } from '../../adb/transport.ts';
import { type AdbdProfile, adbdProfiles } from './adbd-profile.ts';
import { type AdbdServer, startAdbd } from './adbd-server.ts';

let server: AdbdServer;
let host: ScriptedHost;

afterEach(() => server.stop());

/** Says `requests` on a fresh `sync:` stream and gives all that comes back until the daemon closes it. */
async function converse(requests: Uint8Array[], profile: AdbdProfile = adbdProfiles.modern): Promise<Buffer> {
  host ??= new ScriptedHost();
  server = await startAdbd({
    host,
    clock: systemClock,
    random: systemRandom,
    profile: { ...profile, authentication: 'off' },
  });
  const limit = 5000;
  const transport = new Transport(
    await connectSocket('127.0.0.1', server.port, systemClock, limit),
    systemClock,
    limit,
  );
  const agreement = await handshake(transport, { keys: [], clock: systemClock, auth: limit, pairing: limit });
  const connection = new Connection(transport, agreement);
  const answer: Uint8Array[] = [];
  await new Promise<void>((resolve, reject) => {
    const stream = connection.open('sync:', {
      onData: (chunk) => answer.push(chunk),
      onEnd: (error) => (error ? reject(error) : resolve()),
    });
    void stream.write(Buffer.concat([...requests, encodeSyncHeader('QUIT', 0)]));
  });
  connection.close();
  return Buffer.concat(answer);
}

const u32 = (...numbers: number[]) => Buffer.from(Uint32Array.from(numbers).buffer);
const meta = { mode: 0o644, mtime: 1_700_000_000_000 };

test('LIST and LIS2 name what is in a directory and end with a DONE of an entry’s length', async () => {
  host = new ScriptedHost();
  host.files.write('/sdcard/Movies/a.mp4', Buffer.from('film'), meta);
  const v1 = await converse([encodeSyncBlock('LIST', '/sdcard/Movies')]);
  expect(v1).toEqual(
    Buffer.concat([
      Buffer.from('DENT'),
      u32(0o100644, 4, 1_700_000_000, 5),
      Buffer.from('a.mp4DONE'),
      Buffer.alloc(16),
    ]),
  );
  await server.stop();
  const v2 = await converse([encodeSyncBlock('LIS2', '/sdcard/Movies')]);
  expect(v2.toString('latin1', 0, 4)).toBe('DNT2');
  expect(decodeStatV2(v2.subarray(4, 72)).stat).toEqual({ mode: 0o100644, size: 4, mtime: meta.mtime });
  expect(v2.subarray(72)).toEqual(Buffer.concat([u32(5), Buffer.from('a.mp4DONE'), Buffer.alloc(72)]));
});

test('SND2 and RCV2 carry a file as SEND and RECV do', async () => {
  host = new ScriptedHost();
  const answer = await converse([
    encodeSyncBlock('SND2', '/sdcard/b'),
    Buffer.concat([Buffer.from('SND2'), u32(0o100600, 0)]),
    encodeSyncBlock('DATA', 'hello'),
    encodeSyncHeader('DONE', 1_700_000_000),
    encodeSyncBlock('RCV2', '/sdcard/b'),
    Buffer.concat([Buffer.from('RCV2'), u32(0)]),
  ]);
  expect(answer).toEqual(
    Buffer.concat([
      encodeSyncHeader('OKAY', 0),
      encodeSyncBlock('DATA', 'hello'),
      encodeSyncHeader('DONE', 0),
    ]),
  );
  expect(host.files.stat('/sdcard/b')).toMatchObject({ mode: 0o100600, mtime: 1_700_000_000_000 });
});

test.each([
  ['compression that was not offered', [encodeSyncBlock('RCV2', '/a'), Buffer.from('RCV2\x01\0\0\0')]],
  ['a request of a newer version', [encodeSyncBlock('ZZZ9', '/a')]],
  ['a path longer than any', [encodeSyncBlock('STAT', 'x'.repeat(1025))]],
  ['a SEND without a mode', [encodeSyncBlock('SEND', '/a')]],
  ['data that is not DATA', [encodeSyncBlock('SEND', '/a,420'), encodeSyncBlock('STUF', 'x')]],
])('%s is answered with FAIL and the end of the session', async (_what, requests) => {
  host = new ScriptedHost();
  expect((await converse(requests)).toString('latin1', 0, 4)).toBe('FAIL');
});

test('an old daemon knows nothing of the second versions', async () => {
  host = new ScriptedHost();
  const answer = await converse([encodeSyncBlock('STA2', '/sdcard')], adbdProfiles.legacy);
  expect(answer.toString('latin1', 0, 4)).toBe('FAIL');
});
