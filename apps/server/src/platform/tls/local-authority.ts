import { X509Certificate } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type Clock, days, type Random } from '@vakhta/kernel';
import { ensurePrivateDirectory } from '../secrets/secrets-file.ts';
import { type Certified, issueCertificate, makeAuthority } from './issue.ts';
import type { TlsFiles } from './secure-context.ts';

/** Where a desk's own authority and the certificate it gave the desk are kept. */
export interface LocalTls extends TlsFiles {
  authorityFile: string;
  authorityKeyFile: string;
}

export const localTls = (data: string): LocalTls => {
  const file = (name: string) => join(data, 'tls', name);
  return {
    certFile: file('certificate.pem'),
    keyFile: file('key.pem'),
    authorityFile: file('authority.pem'),
    authorityKeyFile: file('authority-key.pem'),
  };
};

export const isLocal = (tls: TlsFiles): tls is LocalTls => 'authorityKeyFile' in tls;

/** Renewed when a third of its life is left: there is a month to notice that it does not work. */
const RENEW_BEFORE = days(30);

type Deps = { clock: Clock; random: Random };

/** Makes the authority where there is none, and a certificate for these names in any case. */
export async function initLocalTls(data: string, names: readonly string[], deps: Deps): Promise<LocalTls> {
  const files = localTls(data);
  await ensurePrivateDirectory(join(data, 'tls'));
  const authority = (await readAuthority(files)) ?? (await makeAuthority(`Vakhta ${names[0]}`, deps));
  await writeWhole(files.authorityKeyFile, authority.key, 0o600);
  await writeWhole(files.authorityFile, authority.certificate, 0o644);
  await issue(files, authority, names, deps);
  return files;
}

/** Issues the certificate anew for the same names when it nears its end; true where it did. */
export async function renewWhenDue(files: LocalTls, deps: Deps): Promise<boolean> {
  const current = new X509Certificate(await readFile(files.certFile));
  if (Date.parse(current.validTo) - deps.clock.now() > RENEW_BEFORE) return false;
  const authority = await readAuthority(files);
  if (!authority)
    throw new AppError('tls.no_authority', `${files.authorityKeyFile} is gone: run vakhta tls init again`);
  await issue(files, authority, namesOf(current), deps);
  return true;
}

/** 'DNS:desk.lan, IP Address:192.168.1.2' as `desk.lan` and `192.168.1.2`. */
export const namesOf = (certificate: X509Certificate): string[] =>
  (certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));

/** SHA-256 of a certificate as it is told to people and agents: 64 digits. */
export const fingerprintOf = (pem: string | Buffer): string =>
  new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

async function readAuthority(files: LocalTls): Promise<Certified | undefined> {
  try {
    const [certificate, key] = await Promise.all([
      readFile(files.authorityFile, 'utf8'),
      readFile(files.authorityKeyFile, 'utf8'),
    ]);
    return { certificate, key };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The key first: a server that reads between the two finds that they do not belong together, and reads again. */
async function issue(
  files: LocalTls,
  authority: Certified,
  names: readonly string[],
  deps: Deps,
): Promise<void> {
  const { certificate, key } = await issueCertificate(authority, names, deps);
  await writeWhole(files.keyFile, key, 0o600);
  await writeWhole(files.certFile, certificate, 0o644);
}

async function writeWhole(file: string, content: string, mode: number): Promise<void> {
  await writeFile(`${file}.new`, content, { mode, flush: true });
  await rename(`${file}.new`, file);
}
