import 'reflect-metadata'; // Asked for by the library below, before it is loaded.
import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type Clock, type Duration, days, hours, type Random } from '@vakhta/kernel';

/** A certificate and its private key (PKCS#8), both PEM. */
export interface Certified {
  certificate: string;
  key: string;
}

type Deps = { clock: Clock; random: Random };

const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNED = { name: 'ECDSA', hash: 'SHA-256' };

const AUTHORITY_LIFE = days(3650);
/** Far below the 825 days that Apple's systems bear; it is renewed by the server itself. */
const CERTIFICATE_LIFE = days(90);
/** A phone or mini-PC whose clock is a little behind believes it, too. */
const BEFORE = hours(24);

/** An authority of our own. It may sign servers, no further authorities. */
export async function makeAuthority(name: string, deps: Deps): Promise<Certified> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    keys,
    signingAlgorithm: SIGNED,
    serialNumber: serialNumber(deps.random),
    ...life(deps.clock, AUTHORITY_LIFE),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await privatePem(keys) };
}

/** A certificate of a server that is reached by these names and addresses, followed by that of the authority. */
export async function issueCertificate(
  authority: Certified,
  names: readonly string[],
  deps: Deps,
): Promise<Certified> {
  const keys = await makeKeys();
  const issuer = new X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.key),
    KEY,
    false,
    ['sign'],
  );
  const certificate = await X509CertificateGenerator.create({
    // 64 characters are all that a common name holds; who looks, looks at the alternative names.
    subject: [{ CN: [names[0]!.slice(0, 64)] }],
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: SIGNED,
    serialNumber: serialNumber(deps.random),
    ...life(deps.clock, CERTIFICATE_LIFE),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificate: pemOf(certificate) + authority.certificate, key: await privatePem(keys) };
}

const makeKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);

const pemOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

const privatePem = async ({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')}\n`;

const life = (clock: Clock, length: Duration): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(clock.now() - BEFORE),
  notAfter: new Date(clock.now() + length),
});

/** RFC 5280 4.1.2.2: positive, at most 20 bytes. */
const serialNumber = (random: Random): string => `01${Buffer.from(random.bytes(16)).toString('hex')}`;
