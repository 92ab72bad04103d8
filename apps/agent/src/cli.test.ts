import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type AgentId, newId, systemClock, systemRandom, type ThingId } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localCertificate } from '../test/certificate.ts';
import { type LinkServer, serveLink } from '../test/link-server.ts';
import { Peer } from '../test/peer.ts';

const program = fileURLToPath(new URL('../test/vakhta.ts', import.meta.url));
const agentId = newId<AgentId>({ clock: systemClock, random: systemRandom });
const thing = newId<ThingId>({ clock: systemClock, random: systemRandom });
const organisation = newId({ clock: systemClock, random: systemRandom });
const token = 'one-time-token-0123456789';

let directory: string;
let server: LinkServer | undefined;
let peer: Peer;
let children: ChildProcess[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vakhta-cli-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.close();
  rmSync(directory, { recursive: true });
});

/** A server that enrols whoever asks and then is its peer. */
async function serve(tls?: { cert: string; key: string }): Promise<string> {
  server = await serveLink({
    tls,
    accept: (wire) => peer.accept(wire),
    answer: async (request, response) => {
      const { publicKey } = JSON.parse(await text(request));
      peer = new Peer({ id: agentId, publicKey }, () => systemClock.now());
      peer.things = [{ thing, name: 'clock', model: 'ticking', configuration: {} }];
      const answer = { agent: agentId, organisation, serverKey: peer.key.publicKey };
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    },
  });
  return server.url;
}

function vakhta(...args: string[]): {
  child: ChildProcess;
  ended: Promise<{ code: number | null; output: string }>;
} {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]) => ({ code: code as number | null, output: out + err }),
  );
  return { child, ended };
}

async function enrolled(): Promise<string[]> {
  const data = join(directory, 'data');
  const url = await serve();
  const { code, output } = await vakhta('enrol', '--server', url, '--token', token, '--data', data).ended;
  expect(code, output).toBe(0);
  const config = join(directory, 'agent.config.json');
  const driver = new URL('../test/ticking-driver.ts', import.meta.url).href;
  writeFileSync(config, JSON.stringify({ drivers: [driver] }));
  return ['agent', '--data', data, '--config', config];
}

const ticks = () => peer.log.flatMap((each) => (each.kind === 'event' ? [String(each.data)] : []));

test('ten kills with -9 lose nothing that was promised and double nothing', {
  timeout: 120_000,
}, async () => {
  const args = await enrolled();
  const pids: number[] = [];
  for (let round = 0; round < 10; round++) {
    const { child, ended } = vakhta(...args);
    pids.push(child.pid!);
    const before = ticks().length;
    await vi.waitUntil(() => ticks().length > before + 50 + round * 10, { timeout: 20_000 });
    child.kill('SIGKILL');
    await ended;
  }
  const { child, ended } = vakhta(...args);
  await vi.waitUntil(() => ticks().some((tick) => tick.startsWith(`${child.pid} `)), { timeout: 20_000 });
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);

  const promised = readFileSync(join(directory, 'data', 'drivers', 'ticking', 'promised'), 'utf8')
    .trim()
    .split('\n');
  for (const pid of [...pids, child.pid!]) {
    const inLog = ticks().filter((tick) => tick.startsWith(`${pid} `));
    // Each life counts from 1: a lost or doubled tick breaks the count.
    expect(inLog).toEqual(inLog.map((_, i) => `${pid} ${i + 1}`));
    expect(inLog.length).toBeGreaterThanOrEqual(promised.filter((tick) => tick.startsWith(`${pid} `)).length);
  }
  expect(peer.breaches).toEqual([]);
});

test('SIGTERM and SIGINT end the agent within 5 s, with exit code 0 and a word to the server', async () => {
  const args = await enrolled();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const before = peer.log.length;
    const { child, ended } = vakhta(...args);
    await vi.waitUntil(() => peer.isOpen && peer.log.length > before, { timeout: 20_000 });
    const began = systemClock.monotonic();
    child.kill(signal);
    expect((await ended).code).toBe(0);
    expect(systemClock.monotonic() - began).toBeLessThan(5000);
    expect(peer.log.at(-1)).toMatchObject({ kind: 'agent', name: 'stopping' });
  }
});

test('a revoked agent ends with the exit code that its unit does not restart', async () => {
  const args = await enrolled();
  const { ended } = vakhta(...args);
  await vi.waitUntil(() => peer?.isOpen, { timeout: 20_000 });
  peer.close(4403);
  expect((await ended).code).toBe(77);
});

test('enrolment over TLS believes the given authority and no other', async () => {
  const [good, other] = await Promise.all([localCertificate(), localCertificate()]);
  const url = await serve(good);
  const data = join(directory, 'data');
  const run = (ca: string, certificate: string) => {
    const file = join(directory, ca);
    writeFileSync(file, certificate);
    return vakhta('enrol', '--server', url, '--token', token, '--data', data, '--ca', file, '--json').ended;
  };
  const refused = await run('other.pem', other.cert);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/was not reached: .*certificate/);
  expect(existsSync(join(data, 'agent.json'))).toBe(false);
  const accepted = await run('good.pem', good.cert);
  expect(accepted.code, accepted.output).toBe(0);
  expect(JSON.parse(accepted.output)).toEqual({ server: url, agent: agentId, organisation, directory: data });
});

test('what was used wrongly is said in one line, with exit code 2', async () => {
  const notEnrolled = await vakhta('agent', '--data', join(directory, 'nothing')).ended;
  expect(notEnrolled).toMatchObject({
    code: 2,
    output: expect.stringMatching(/^no agent is enrolled .*\n$/),
  });
  expect((await vakhta('enrol', '--server', 'http://127.0.0.1:1').ended).code).toBe(2);
});
