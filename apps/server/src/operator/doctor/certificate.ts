import { X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { type Clock, days } from '@vakhta/kernel';
import type { Config } from '../../config.ts';
import { type Finding, good, note, wrong } from './finding.ts';

const CERTIFICATE_LOW = days(14);

export async function examineTls({ tls, host, behindProxy }: Config, clock: Clock): Promise<Finding> {
  const what = 'TLS';
  if (!tls)
    return good(
      what,
      behindProxy ? 'done by the proxy in front' : `not needed: ${host} is this machine only`,
    );
  try {
    const certificate = new X509Certificate(await readFile(tls.certFile));
    await access(tls.keyFile, constants.R_OK);
    const left = Date.parse(certificate.validTo) - clock.now();
    const found = `certificate of ${certificate.subject.replaceAll('\n', ', ')} until ${certificate.validTo}`;
    if (left < 0) return wrong(what, found, 'it is past its date: replace it');
    if (left < CERTIFICATE_LOW) return note(what, found, 'replace it soon');
    return good(what, found);
  } catch (error) {
    return wrong(
      what,
      (error as Error).message,
      'VAKHTA_TLS_CERT and VAKHTA_TLS_KEY must name PEM files this user can read',
    );
  }
}
