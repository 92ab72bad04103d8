import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { createSecureContext } from 'node:tls';

/** PEM files of a certificate with its chain, and of its private key. */
export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

/** What a server speaks TLS with, as its files are now: 1.2 and newer. Throws where they do not belong together. */
export async function readSecureContext({ certFile, keyFile }: TlsFiles): Promise<SecureContext> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  const context: SecureContext = { cert, key, minVersion: 'TLSv1.2' };
  createSecureContext(context);
  return context;
}

export interface SecureContext {
  cert: Buffer;
  key: Buffer;
  minVersion: 'TLSv1.2';
}

/**
 * What looks whether the files have changed, and has the server greet with what they hold now; connections that are
 * open go on. Answers whether they had changed since it last looked; throws where what they hold can not be used, and
 * the former stays in use.
 */
export function contextRefresher(server: Server, files: TlsFiles): () => Promise<boolean> {
  let used: SecureContext | undefined;
  return async () => {
    const found = await readSecureContext(files);
    const known = used;
    if (known?.cert.equals(found.cert) && known.key.equals(found.key)) return false;
    (server as TlsServer).setSecureContext(found);
    used = found;
    return known !== undefined;
  };
}
