import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { AppError, seconds, UsageError } from '@vakhta/kernel';

const PATIENCE = seconds(15);

/**
 * The authority that a server says its certificate is from, PEM, if its SHA-256 is `pin`. Nothing is said to the server
 * before that; afterwards it is believed only with a certificate that this authority signed.
 */
export async function fetchAuthority(server: string, pin: string): Promise<string> {
  const wanted = pin.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(wanted))
    throw new UsageError('agent.bad_pin', '--pin is 64 hexadecimal digits, as the panel shows them');
  if (!URL.canParse(server) || !server.startsWith('https:'))
    throw new UsageError('agent.bad_server', `--pin is for a server like https://desk.lan, not '${server}'`);
  for (const raw of await presentedChain(new URL(server))) {
    const certificate = new X509Certificate(raw);
    if (certificate.fingerprint256.replaceAll(':', '').toLowerCase() === wanted && certificate.ca)
      return certificate.toString();
  }
  throw new AppError(
    'agent.other_authority',
    `${server} presents no authority with the fingerprint ${wanted}: it is another server, or something in between`,
  );
}

/** DER of each certificate that the server presents, its own first. */
function presentedChain({ hostname, port }: URL): Promise<Buffer[]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      // RFC 6066: an address is no server name.
      ...(isIP(host) === 0 && { servername: host }),
      // Whether it is to be believed is what is being found out, by its fingerprint.
      rejectUnauthorized: false,
      timeout: PATIENCE,
    });
    const fail = (cause: Error) =>
      reject(
        new AppError('agent.unreachable', `${host} was not reached: ${cause.message}`, {
          cause,
          retry: 'after',
        }),
      );
    socket.once('error', fail);
    socket.once('timeout', () => socket.destroy(new Error('it does not answer')));
    socket.once('secureConnect', () => {
      const chain: Buffer[] = [];
      let each: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
      while (each?.raw && !chain.some((known) => known.equals(each!.raw))) {
        chain.push(each.raw);
        each = each.issuerCertificate;
      }
      socket.destroy();
      resolve(chain);
    });
  });
}
