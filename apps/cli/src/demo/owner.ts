import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ApiError, createClient, sessionRoutes } from '@vakhta/api';
import { AppError } from '@vakhta/kernel';
import * as z from 'zod';
import type { DemoMemory } from './demo-state.ts';
import { makeToken } from './sign-in.ts';

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
  await memory.keep({ token: await makeToken(server, { email, password }, organisation) });
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
