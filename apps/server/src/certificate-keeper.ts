import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type Clock, minutes, type Random, UsageError } from '@vakhta/kernel';
import { repeatedly } from './core/repeatedly.ts';
import type { Log } from './platform/log/log.ts';
import { isLocal, renewWhenDue } from './platform/tls/local-authority.ts';
import { contextRefresher, type TlsFiles } from './platform/tls/secure-context.ts';

interface Deps {
  clock: Clock;
  random: Random;
  log: Log;
}

/** Makes sure that what the server starts with is good; the DER of the desk's own authority, where it is that. */
export async function prepareCertificate(tls: TlsFiles, deps: Deps): Promise<Buffer | undefined> {
  if (!isLocal(tls)) return undefined;
  if (!existsSync(tls.certFile))
    throw new UsageError(
      'tls.not_made',
      `there is no ${tls.certFile}: run vakhta tls init with the name or address people open`,
    );
  await renewWhenDue(tls, deps);
  return new X509Certificate(await readFile(tls.authorityFile)).raw;
}

/**
 * Renews a certificate of our own in time, and takes one that was replaced on disk (by certbot, by hand) into use, without
 * a restart. One that can not be used is logged each time, and the former stays.
 */
export function keepCertificate(server: Server, tls: TlsFiles, deps: Deps): { stop(): Promise<void> } {
  const refresh = contextRefresher(server, tls);
  const run = async () => {
    if (isLocal(tls) && (await renewWhenDue(tls, deps))) deps.log.info({ event: 'tls.renewed' });
    if (await refresh()) deps.log.info({ event: 'tls.certificate_replaced' });
  };
  return repeatedly({ name: 'tls.certificate', every: minutes(1), run }, deps);
}
