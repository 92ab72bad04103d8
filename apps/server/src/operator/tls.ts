import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { systemClock, systemRandom, UsageError } from '@vakhta/kernel';
import { readConfig } from '../config.ts';
import { ensurePrivateDirectory } from '../platform/secrets/secrets-file.ts';
import {
  fingerprintOf,
  initLocalTls,
  type LocalTls,
  localTls,
  namesOf,
} from '../platform/tls/local-authority.ts';

export interface LocalCertificate {
  certFile: string;
  authorityFile: string;
  names: string[];
  /** When it ends. */
  until: string;
  /** SHA-256 of the authority. */
  fingerprint: string;
}

/** RFC 1123, also with one label: `desk`. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** Makes the certificate for these names; an authority that is there stays, and whoever trusts it goes on to. */
export async function tlsInit(names: readonly string[]): Promise<LocalCertificate> {
  for (const name of names)
    if (isIP(name) === 0 && !HOST_NAME.test(name))
      throw new UsageError('tls.bad_name', `'${name}' is neither a name like desk.lan nor an address`);
  const { data } = readConfig({ ...process.env, VAKHTA_HOST: '', VAKHTA_TLS_LOCAL: '' });
  await ensurePrivateDirectory(data);
  return describe(await initLocalTls(data, names, { clock: systemClock, random: systemRandom }));
}

export async function tlsShow(): Promise<LocalCertificate> {
  const { data } = readConfig({ ...process.env, VAKHTA_HOST: '', VAKHTA_TLS_LOCAL: '' });
  const files = localTls(data);
  if (!existsSync(files.certFile))
    throw new UsageError('tls.not_made', `there is no ${files.certFile}: run vakhta tls init`);
  return describe(files);
}

async function describe({ certFile, authorityFile }: LocalTls): Promise<LocalCertificate> {
  const certificate = new X509Certificate(await readFile(certFile));
  return {
    certFile,
    authorityFile,
    names: namesOf(certificate),
    until: new Date(certificate.validTo).toISOString(),
    fingerprint: fingerprintOf(await readFile(authorityFile)),
  };
}
