import { readFileSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type Clock, seconds, sleep } from '@vakhta/kernel';

/** What PostgreSQL says of its running server in postmaster.pid (src/include/utils/pidfile.h). */
export interface PidFile {
  pid: number;
  port: number;
  /** It accepts connections. */
  ready: boolean;
}

const PID_LINE = 0;
const PORT_LINE = 3;
const STATUS_LINE = 7;

/** Null where there is none, or it is only half written. */
export async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[PID_LINE]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[PORT_LINE]), ready: lines[STATUS_LINE]?.trim() === 'ready' };
}

/** One that has ended and only waits for its parent to take note of it (a zombie) is not alive. */
export function isAlive(pid: number): boolean {
  try {
    // The name stands in parentheses and may hold any character; the state is the first letter after it.
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return status[status.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
};

/** A postmaster and its keeper both have the cluster as their working directory; a reused process id does not. */
async function runsIn(pid: number, cluster: string): Promise<boolean> {
  const [there, here] = await Promise.all([
    stat(`/proc/${pid}/cwd`).catch(() => undefined),
    stat(cluster).catch(() => undefined),
  ]);
  return there !== undefined && here !== undefined && there.ino === here.ino && there.dev === here.dev;
}

async function parentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}

/**
 * Makes the cluster free to be started: a server that outlived its keeper is stopped, the file of one that is no more
 * is removed. Throws 'postgres.in_use' while another of our processes keeps it.
 */
export async function clearCluster(cluster: string, clock: Clock): Promise<void> {
  const start = clock.monotonic();
  for (;;) {
    const file = await readPidFile(cluster);
    if (!file) return;
    if (!isAlive(file.pid) || !(await runsIn(file.pid, cluster))) {
      await rm(join(cluster, 'postmaster.pid'), { force: true });
      return;
    }
    if (!(await runsIn(await parentOf(file.pid), cluster))) return stopPostmaster(cluster, file.pid, clock);
    // Kept: either by a process that is just ending, and its server with it, or by one that goes on.
    if (clock.monotonic() - start > seconds(8))
      throw new AppError(
        'postgres.in_use',
        `the database in ${cluster} is in use by another vakhta process`,
        {
          context: { postmaster: file.pid },
          retry: 'after',
        },
      );
    await sleep(clock, 50);
  }
}

/** Fast shutdown (SIGINT), then immediate (SIGQUIT), which the next start recovers from; resolves when it is gone. */
export async function stopPostmaster(cluster: string, pid: number, clock: Clock): Promise<void> {
  for (const [name, limit] of [
    ['SIGINT', seconds(6)],
    ['SIGQUIT', seconds(2)],
    ['SIGKILL', seconds(1)],
  ] as const) {
    signal(pid, name);
    const start = clock.monotonic();
    while (clock.monotonic() - start < limit) {
      if (!isAlive(pid)) return;
      await sleep(clock, 10);
    }
  }
  throw new AppError('postgres.will_not_stop', `PostgreSQL ${pid} in ${cluster} does not end`, {
    context: { pid },
  });
}
