import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { days, minutes, systemRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepCertificate, prepareCertificate } from './certificate-keeper.ts';
import { createLog } from './platform/log/log.ts';
import { initLocalTls, type LocalTls, localTls, namesOf } from './platform/tls/local-authority.ts';
import { readSecureContext } from './platform/tls/secure-context.ts';

const NAMES = ['localhost', 'desk.lan', '127.0.0.1'];
const log = createLog({ level: 'silent' });
let directory: string;
let clock: VirtualClock;
let files: LocalTls;
let server: ReturnType<typeof createServer>;
let keeper: { stop(): Promise<void> };
const sockets: TLSSocket[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-certificate-'));
  // So long ago that a certificate of ninety days is still good today, and so is the one that follows it.
  clock = new VirtualClock(Date.now() - days(80));
  files = await initLocalTls(directory, NAMES, { clock, random: systemRandom });
  server = createServer({ ...(await readSecureContext(files)) }, (socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keeper = keepCertificate(server as unknown as Server, files, { clock, random: systemRandom, log });
});
afterEach(async () => {
  await keeper.stop();
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true, force: true });
});

interface Greeted {
  socket: TLSSocket;
  certificate: X509Certificate;
}

/** A connection that believes the desk's own authority and no other. */
async function greet(): Promise<Greeted> {
  const ca = await readFile(files.authorityFile);
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, ca });
  sockets.push(socket);
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return { socket, certificate: new X509Certificate(socket.getPeerCertificate().raw) };
}

const serial = async () => (await greet()).certificate.serialNumber;

const echo = (socket: TLSSocket, text: string) =>
  new Promise<string>((resolve) => {
    socket.once('data', (data) => resolve(String(data)));
    socket.write(text);
  });

/** Lets minutes pass until a new connection meets another certificate than this. */
async function otherThan({ serialNumber }: X509Certificate): Promise<Greeted> {
  for (let i = 0; i < 50; i++) {
    await clock.advance(minutes(1));
    const greeted = await greet();
    if (greeted.certificate.serialNumber !== serialNumber) return greeted;
  }
  throw new Error('the certificate is still the same');
}

test('a certificate that nears its end is renewed for the same names by the same authority, open connections go on', async () => {
  const before = await greet();
  await clock.advance(days(50));
  expect(await serial()).toBe(before.certificate.serialNumber);
  await clock.advance(days(11));
  const after = await otherThan(before.certificate);
  expect(after.socket.authorized).toBe(true);
  expect(namesOf(after.certificate)).toEqual(NAMES);
  expect(await echo(before.socket, 'still here')).toBe('still here');
});

test('files that were replaced are taken into use; ones that do not belong together are not', async () => {
  const { certificate } = await greet();
  const key = await readFile(files.keyFile);
  const other = await initLocalTls(join(directory, 'other'), NAMES, { clock, random: systemRandom });
  await writeFile(files.keyFile, await readFile(other.keyFile));
  for (let i = 0; i < 5; i++) await clock.advance(minutes(1));
  expect(await serial()).toBe(certificate.serialNumber);
  await writeFile(files.keyFile, key);
  await initLocalTls(directory, NAMES, { clock, random: systemRandom });
  await otherThan(certificate);
});

test('made again, the authority stays and so does who trusts it', async () => {
  const authority = await readFile(files.authorityFile, 'utf8');
  await initLocalTls(directory, ['192.168.1.10'], { clock, random: systemRandom });
  expect(await readFile(files.authorityFile, 'utf8')).toBe(authority);
});

test('without a certificate the server says how one is made', async () => {
  const none = localTls(join(directory, 'empty'));
  await expect(prepareCertificate(none, { clock, random: systemRandom, log })).rejects.toThrow(
    'vakhta tls init',
  );
});
