import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TcpBalancer } from '@vakhta/testkit/processes';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

const VAKHTA = join(import.meta.dirname, '../../cli/bin/vakhta.ts');

test('a server whose database went first ends when it is told to', async () => {
  const data = await mkdtemp(join(tmpdir(), 'vakhta-stop-'));
  const store = await createTestDatabase();
  const url = new URL(store.url);
  const way = await TcpBalancer.start([Number(url.port)]);
  url.port = String(way.port);

  const server = spawn(process.execPath, [VAKHTA, 'serve'], {
    env: { PATH: process.env.PATH, DATABASE_URL: url.href, VAKHTA_DATA: data, VAKHTA_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await store.drop();
    await rm(data, { recursive: true, force: true });
  });
  const events: string[] = [];
  for await (const line of createInterface(server.stdout)) {
    if (line.startsWith('the desk is empty')) await way.stop();
    if (!line.startsWith('{')) continue;
    const { event } = JSON.parse(line);
    events.push(event);
    if (event === 'node.cut_off') server.kill('SIGTERM');
  }
  const [status] = server.exitCode === null ? await once(server, 'exit') : [server.exitCode];
  expect([status, events]).toEqual([0, expect.arrayContaining(['server.stopping', 'server.stop_failed'])]);
});
