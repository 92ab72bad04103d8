import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate of 127.0.0.1 that is its own authority, in PEM files. */
export interface LocalCertificate {
  /** PEM; also what others are to trust. */
  certificate: string;
  certFile: string;
  keyFile: string;
}

export async function localCertificate(directory: string): Promise<LocalCertificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const files = { certFile: join(directory, 'certificate.pem'), keyFile: join(directory, 'key.pem') };
  await writeFile(files.certFile, cert);
  await writeFile(files.keyFile, key, { mode: 0o600 });
  return { certificate: cert, ...files };
}
