import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { generateSigningKey } from '@vakhta/link';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LinkServer, serveLink } from '../test/link-server.ts';
import { enrol } from './enrol.ts';
import { readIdentity } from './identity.ts';

const answer = {
  agent: '01890000-0000-7000-8000-0000000000a1',
  organisation: '01890000-0000-7000-8000-0000000000b1',
  serverKey: generateSigningKey().key.publicKey,
};
const token = 'one-time-token-0123456789';

let directory: string;
let server: LinkServer;
let asked: { url: string | undefined; body: { token: string; publicKey: string } }[];
let respond: (response: ServerResponse) => void;

beforeEach(async () => {
  directory = join(mkdtempSync(join(tmpdir(), 'vakhta-enrol-')), 'data');
  asked = [];
  respond = (response) =>
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  server = await serveLink({
    accept: () => ({ opened() {}, frame() {}, alive() {}, closed() {} }),
    answer: async (request: IncomingMessage, response) => {
      asked.push({ url: request.url, body: JSON.parse(await text(request)) });
      respond(response);
    },
  });
});
afterEach(async () => {
  await server.close();
  rmSync(join(directory, '..'), { recursive: true });
});

const mode = (name: string) => (statSync(join(directory, name)).mode & 0o777).toString(8);

test('enrolment trades the token for an identity, and the key never leaves the machine', async () => {
  await enrol({ server: `${server.url}/`, token, directory });
  const { identity, key } = readIdentity(directory);
  expect(identity).toEqual({ server: server.url, ...answer });
  expect(asked).toEqual([{ url: '/api/v1/agents/enrol', body: { token, publicKey: key.publicKey } }]);
  expect([mode('agent.json'), mode('agent-key.pem'), mode('.')]).toEqual(['600', '600', '700']);
});

test('an identity is not overwritten by accident, only when that is asked for', async () => {
  await enrol({ server: server.url, token, directory });
  const before = readFileSync(join(directory, 'agent-key.pem'), 'utf8');
  await expect(enrol({ server: server.url, token, directory })).rejects.toMatchObject({
    code: 'agent.already_enrolled',
  });
  expect(asked).toHaveLength(1);
  await enrol({ server: server.url, token, directory, replace: true });
  expect(readFileSync(join(directory, 'agent-key.pem'), 'utf8')).not.toBe(before);
});

test('a refusal, an unreachable server and a stranger are told apart, and leave nothing behind', async () => {
  respond = (response) =>
    response.writeHead(404).end(JSON.stringify({ error: { code: 'not_found', message: 'no such token' } }));
  await expect(enrol({ server: server.url, token, directory })).rejects.toMatchObject({
    code: 'agent.enrol_refused',
    message: expect.stringContaining('no such token (not_found)'),
  });
  respond = (response) => response.writeHead(200).end('<html>hello</html>');
  await expect(enrol({ server: server.url, token, directory })).rejects.toMatchObject({
    code: 'agent.enrol_answer',
  });
  await expect(enrol({ server: 'http://127.0.0.1:1', token, directory })).rejects.toMatchObject({
    code: 'agent.unreachable',
    message: expect.stringMatching(/ECONNREFUSED|bad port/),
  });
  await expect(enrol({ server: 'desk.example', token, directory })).rejects.toMatchObject({
    code: 'agent.bad_server',
  });
  expect(() => readIdentity(directory)).toThrow(expect.objectContaining({ code: 'agent.not_enrolled' }));
});
