import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ApiError, createClient, Session, sessionRoutes, tokenRoutes } from '@vakhta/api';
import { AppError } from '@vakhta/kernel';
import * as z from 'zod';
import type { DemoMemory } from './demo-state.ts';

const ORGANISATION = 'Минское метро (демо)';
const Added = z.object({ organisation: z.string() });

/** Makes the demo's owner with the operator's own command, unless they are there. */
export async function ensureOwner(
  memory: DemoMemory,
  vakhta: { program: string; cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  if (memory.state.organisation !== '') return;
  const { email, password } = memory.state;
  const child = spawn(
    process.execPath,
    [
      ...[vakhta.program, 'member', 'add', '--email', email, '--name', 'Демо', '--role', 'owner'],
      ...['--organisation', ORGANISATION, '--password-stdin', '--json'],
    ],
    { cwd: vakhta.cwd, env: vakhta.env, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  child.stdin.end(password);
  const [output, problem, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (status !== 0)
    throw new AppError('demo.no_owner', `the demo's owner could not be added: ${problem.trim()}`);
  await memory.keep({ organisation: Added.parse(JSON.parse(output)).organisation });
}

/** Makes the owner's API token by signing in, unless the kept one still holds. */
export async function ensureToken(memory: DemoMemory, server: string): Promise<void> {
  const { email, password, token, organisation } = memory.state;
  if (token !== '' && (await holds(server, token))) return;
  const response = await fetch(`${server}/api/v1${sessionRoutes.signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok)
    throw new AppError(
      'demo.sign_in',
      `the demo's owner ${email} can not sign in with the password kept in demo-secrets.json (HTTP ${response.status})`,
    );
  Session.parse(await response.json());
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const made = await createClient({
    server,
    organisation: () => organisation,
    // The client leaves cookies to the browser; here they are given by hand.
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } }),
  }).call(tokenRoutes.createToken, { body: { name: 'Demo' } });
  await memory.keep({ token: made.secret });
}

async function holds(server: string, token: string): Promise<boolean> {
  try {
    await createClient({ server, token }).call(sessionRoutes.getSession);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
}
