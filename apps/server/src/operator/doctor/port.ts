import { createServer } from 'node:net';
import { seconds } from '@vakhta/kernel';
import { type Config, isLoopback } from '../../config.ts';
import { type Finding, good, wrong } from './finding.ts';

export async function examinePort({ host, port }: Config): Promise<Finding> {
  const what = 'port';
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
  if (free) return good(what, `${port} of ${host} is free: the desk is not running`);
  const scheme = isLoopback(host) ? 'http' : 'https';
  const ours = await fetch(`${scheme}://${host}:${port}/healthz`, { signal: AbortSignal.timeout(seconds(2)) })
    .then(async (response) => ((await response.json()) as { status?: string }).status === 'alive')
    .catch(() => false);
  return ours
    ? good(what, `the desk answers on ${port} of ${host}`)
    : wrong(
        what,
        `${port} of ${host} is taken by something else`,
        'stop that, or set VAKHTA_PORT to another port',
      );
}
