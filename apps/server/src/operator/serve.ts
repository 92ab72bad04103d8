import { systemClock, systemRandom } from '@vakhta/kernel';
import { readConfig } from '../config.ts';
import { startServer } from '../main.ts';
import { createLog } from '../platform/log/log.ts';

/** Serves until SIGINT or SIGTERM; resolves to the exit code. */
export async function serve(): Promise<number> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel });
  const asked = new Promise<'asked'>((resolve) => {
    process.once('SIGINT', () => resolve('asked'));
    process.once('SIGTERM', () => resolve('asked'));
  });
  const server = await startServer(config, { clock: systemClock, random: systemRandom, log });
  if (server.setUp) console.log(`the desk is empty: make its first owner at ${server.setUp}`);
  // For whoever has no panel at hand: once for all that happens, once more for what is set.
  let before: string | undefined;
  process.on('SIGUSR2', () => {
    [log.level, before] = before === undefined ? ['debug', log.level] : [before, undefined];
    log.info({ event: 'log.level_changed', level: log.level });
  });
  const why = await Promise.race([asked, server.broken.then(() => 'broken' as const)]);
  log.info({ event: 'server.stopping', why });
  await server.stop();
  return why === 'asked' ? 0 : 1;
}
