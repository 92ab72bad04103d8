import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ApiClient, createClient } from '@vakhta/api';
import * as z from 'zod';
import { eventually } from './eventually.ts';

const DemoFile = z.object({
  url: z.string(),
  email: z.string(),
  password: z.string(),
  token: z.string(),
  organisation: z.string(),
  people: z.array(z.object({ role: z.string(), email: z.string() })),
  pids: z.object({ server: z.number(), agents: z.array(z.number()), simulators: z.array(z.number()) }),
});
export type DemoFile = z.infer<typeof DemoFile>;

/** `npm start` as a person runs it, on a port and a data directory of its own. */
export interface RunningDemo extends DemoFile {
  api: ApiClient;
  directory: string;
  /** What it printed so far. */
  output(): string;
  /** Sends SIGINT, as Ctrl-C does, and resolves with the exit code; `keep` leaves its directory for another start. */
  stop(options?: { keep?: boolean }): Promise<number | null>;
}

/**
 * `settings` are environment variables of the server; `directory` is that of a demo that was stopped and kept; `hall`: with the
 * hall of slot machines.
 *
 * E2E_DEMO names the demo.json of one that runs already: for working on a test without waiting for a start each time.
 */
export async function startDemo({
  settings = {},
  directory: kept,
  hall = false,
}: {
  settings?: Record<string, string>;
  directory?: string;
  hall?: boolean;
} = {}): Promise<RunningDemo> {
  if (process.env.E2E_DEMO) return attach(process.env.E2E_DEMO);
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'vakhta-e2e-'));
  const port = await freePort();
  let output = '';
  const child = spawn('npm', ['start', ...(hall ? ['--', '--hall'] : [])], {
    cwd: join(import.meta.dirname, '..'),
    // What the tests are run by says "test" in NODE_ENV; a person's shell says nothing.
    env: {
      ...process.env,
      NODE_ENV: undefined,
      VAKHTA_DATA: directory,
      VAKHTA_PORT: String(port),
      VAKHTA_HOST: '127.0.0.1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const file = join(directory, 'demo.json');
  await eventually(
    () => {
      if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}:\n${output}`);
      return existsSync(file);
    },
    { within: 180_000, saying: () => `the demo did not get ready:\n${output}` },
  );
  const demo = DemoFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    ...demo,
    api: createClient({ server: demo.url, token: demo.token }),
    directory,
    output: () => output,
    async stop({ keep = false } = {}) {
      interrupt(child);
      const code = await ended;
      if (!keep) rmSync(directory, { recursive: true, force: true });
      return code;
    },
  };
}

function attach(file: string): RunningDemo {
  const demo = DemoFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const api = createClient({ server: demo.url, token: demo.token });
  return { ...demo, api, directory: dirname(file), output: () => '', stop: async () => 0 };
}

/** To the whole group, as a terminal does. */
function interrupt(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
