import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { createClient, routes } from '@vakhta/api';
import { ProcessGroup, until } from '@vakhta/testkit/processes';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** From `tls init` to an agent that is connected: real processes, and no certificate that the system knows. */
let directory: string;
const group = new ProcessGroup();
const runs: Record<string, string> = {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-tls-init-'));
  Object.assign(runs, {
    VAKHTA_DATA: join(directory, 'desk'),
    VAKHTA_PORT: '0',
    VAKHTA_TLS_LOCAL: '1',
  });
});
afterAll(async () => {
  await group.stop();
  await rm(directory, { recursive: true, force: true });
});

const run = (name: string, args: string[], input?: string) =>
  group.start({ name, command: 'vakhta', args, env: runs, ...(input !== undefined && { input }) });

test('an agent believes the authority of the desk by its fingerprint, and no other', {
  timeout: 120_000,
}, async () => {
  const made = await run('tls init', ['tls', 'init', 'localhost', '127.0.0.1', '--json']).firstLine((line) =>
    line.startsWith('{') ? JSON.parse(line) : undefined,
  );
  expect(made.names).toEqual(['localhost', '127.0.0.1']);
  expect(made.fingerprint).toMatch(/^[0-9a-f]{64}$/);

  const server = run('server', ['serve']);
  const url = await server.firstLine((line) =>
    line.includes('"server.started"') ? (JSON.parse(line).url as string) : undefined,
  );
  expect(url).toMatch(/^https:\/\//);
  setDefaultCACertificates([await readFile(made.authorityFile, 'utf8')]);
  const secret = 'only for the test of a certificate';
  await run(
    'member add',
    [
      'member',
      'add',
      '--email',
      'owner@example.org',
      '--name',
      'Owner',
      '--role',
      'owner',
      '--password-stdin',
      '--json',
    ],
    secret,
  ).firstLine((line) => line.includes('"member"') || undefined);

  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'owner@example.org', password: secret }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const token = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: url },
    body: JSON.stringify({ name: 'Test' }),
  });
  const client = createClient({ server: url, token: ((await token.json()) as { secret: string }).secret });
  const site = await client.call(routes.createSite, { body: { name: 'Hall', timeZone: 'Europe/Minsk' } });
  const enrolment = await client.call(routes.createAgent, { body: { name: 'PC', site: site.id } });
  expect(enrolment.command).toContain(`--pin ${made.fingerprint}`);

  const enrol = (name: string, pin: string) =>
    run(name, [
      ...[
        'enrol',
        '--server',
        url,
        '--token',
        enrolment.token,
        '--data',
        join(directory, 'agent'),
        '--pin',
        pin,
      ],
    ]);
  const flipped = made.fingerprint.replace(/^./, (digit: string) => (digit === '0' ? '1' : '0'));
  await expect(enrol('enrol with another pin', flipped).firstLine(() => undefined)).rejects.toThrow(
    'presents no authority with the fingerprint',
  );
  await enrol('enrol', made.fingerprint).firstLine((line) => line.startsWith('enrolled') || undefined);
  run('agent', ['agent', '--data', join(directory, 'agent')]);
  await until('the agent is connected', async () => {
    const { online } = await client.call(routes.getAgent, { params: { agent: enrolment.agent.id } });
    return online;
  });

  const authority = await fetch(`${url}/authority.crt`);
  expect(authority.headers.get('content-type')).toContain('application/x-x509-ca-cert');
});

test('a name that is none is refused by name', { timeout: 30_000 }, async () => {
  await expect(run('tls init', ['tls', 'init', 'not a name']).firstLine(() => undefined)).rejects.toThrow(
    "'not a name' is neither a name like desk.lan nor an address",
  );
});
