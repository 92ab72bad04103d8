import { seconds, systemClock, systemRandom } from '@vakhta/kernel';
import { readConfig } from '@vakhta/server/supervision';
import { startDemo } from './demo.ts';

export interface DemoOptions {
  json?: boolean;
  dev?: boolean;
  hall?: boolean;
}

/**
 * npm passes a signal on to the shell it runs us in, and that shell ends without telling us: that it is gone is then all
 * we hear. Whoever starts us without npm may leave us behind on purpose.
 */
function onLauncherGone(stop: () => void): void {
  if (process.env.npm_command === undefined) return;
  const launcher = process.ppid;
  systemClock.every(seconds(1), () => {
    if (process.ppid !== launcher) stop();
  });
}

/** Runs the demo until it is told to stop; resolves to the exit code. */
export async function runDemo({ json, dev = false, hall = false }: DemoOptions): Promise<number> {
  const config = readConfig(process.env);
  const asked = new Promise<'asked'>((resolve) => {
    process.on('SIGINT', () => resolve('asked'));
    process.on('SIGTERM', () => resolve('asked'));
    process.on('SIGHUP', () => resolve('asked'));
    onLauncherGone(() => resolve('asked'));
  });
  const undo: (() => Promise<void>)[] = [];
  const say = (line: string) => (json ? console.error(line) : console.log(line));
  const running = startDemo(
    { config, env: process.env, clock: systemClock, random: systemRandom, say, dev, hall },
    undo,
  ).then(async ({ ready, broken }) => {
    if (json)
      console.log(
        JSON.stringify({ ready: true, url: ready.url, email: ready.email, password: ready.password }),
      );
    else {
      for (const { role, email } of ready.people) console.log(`${role}: ${email}, the same password`);
      console.log(`ready ${ready.url}  sign in: ${ready.email}  password: ${ready.password}`);
    }
    await broken;
    return 'broken' as const;
  });
  let outcome: 'asked' | 'broken' | { error: unknown };
  try {
    outcome = await Promise.race([asked, running]);
  } catch (error) {
    outcome = { error };
  }
  running.catch(() => {});
  if (outcome === 'broken') say('the database ended; stopping');
  while (undo.length > 0) await undo.pop()!();
  if (typeof outcome === 'object') throw outcome.error;
  return outcome === 'asked' ? 0 : 1;
}
