import { type Clock, type Duration, withDeadline } from '@vakhta/kernel';
import { AdbError } from './adb-error.ts';
import { type AdbBanner, encodeHostBanner, parseBanner } from './banner.ts';
import { type AdbKey, adbTokenLength, encodePublicKey } from './key.ts';
import {
  type AdbPacket,
  adbLargestPayload,
  adbPacket,
  adbVersionChecked,
  adbVersionUnchecked,
} from './packet.ts';
import type { Transport } from './transport.ts';

/** The first argument of AUTH. */
export const adbAuth = { token: 1, signature: 2, publicKey: 3 } as const;

/** What this client implements of what a device may offer. delayed_ack is not: the daemon would close every stream. */
const hostFeatures = ['shell_v2', 'stat_v2'];

export interface HandshakeOptions {
  readonly keys: readonly AdbKey[];
  readonly clock: Clock;
  /** How long the device may take to answer us. */
  readonly auth: Duration;
  /** How long a person may take to accept the key on the screen. */
  readonly pairing: Duration;
  readonly onAuthorisationPending?: () => void;
  readonly signal?: AbortSignal;
}

/** What both sides agreed. */
export interface Agreement {
  readonly banner: AdbBanner;
  /** The most we may send in one packet, bytes. */
  readonly largestPayload: number;
}

/**
 * CNXN and AUTH: offers each key's signature in turn; when the device knows none, sends the first key's public half,
 * reports that somebody must accept it on the screen, and keeps the connection open meanwhile.
 *
 * @throws AdbError adb.auth_timeout, adb.unauthorized, adb.protocol, adb.closed; the signal's reason.
 */
export async function handshake(transport: Transport, options: HandshakeOptions): Promise<Agreement> {
  const { clock, keys, signal } = options;
  const nobodyAccepted = () =>
    new AdbError('adb.unauthorized', 'nobody accepted the key on the screen', {
      context: { limit: options.pairing },
    });

  const pending = Promise.withResolvers<'pending'>();
  const agreed = Promise.withResolvers<Agreement>();
  const untriedKeys = [...keys];
  let sentPublicKey = false;

  const onToken = (token: Uint8Array) => {
    if (sentPublicKey) {
      return agreed.reject(
        new AdbError('adb.unauthorized', 'the device asks again: it does not accept our key'),
      );
    }
    const next = untriedKeys.shift();
    if (next) return transport.send(adbPacket('AUTH', adbAuth.signature, 0, next.sign(token)));
    const [first] = keys;
    if (!first)
      return agreed.reject(new AdbError('adb.unauthorized', 'the device wants a key and we have none'));
    sentPublicKey = true;
    transport.send(adbPacket('AUTH', adbAuth.publicKey, 0, encodePublicKey(first.publicKey)));
    pending.resolve('pending');
  };

  transport.listen({
    onPacket: (packet) => {
      switch (packet.command) {
        case 'CNXN':
          // Here and not after the promise: the next packet may be in the same chunk.
          return agreed.resolve(agree(transport, packet));
        case 'AUTH':
          if (packet.arg0 === adbAuth.token && packet.payload.length === adbTokenLength) {
            return onToken(packet.payload);
          }
          return agreed.reject(
            new AdbError('adb.protocol', 'an AUTH packet that is not a token of 20 bytes'),
          );
        case 'STLS':
          return agreed.reject(
            new AdbError('adb.protocol', 'the port is for wireless debugging (TLS and pairing codes)'),
          );
        default:
      }
    },
    onEnd: (error) => {
      const refused = sentPublicKey && error?.code === 'adb.closed';
      agreed.reject(
        refused
          ? new AdbError('adb.unauthorized', 'the device closed the connection while our key was pending', {
              cause: error,
            })
          : (error ?? new AdbError('adb.closed', 'closed during the handshake')),
      );
    },
  });

  transport.send(adbPacket('CNXN', adbVersionUnchecked, adbLargestPayload, encodeHostBanner(hostFeatures)));
  const noAnswer = () =>
    new AdbError('adb.auth_timeout', 'the device did not finish the handshake', {
      context: { limit: options.auth },
    });
  const first = await withDeadline(
    clock,
    options.auth,
    () => Promise.race([agreed.promise, pending.promise]),
    noAnswer,
    signal,
  );
  if (first !== 'pending') return first;
  options.onAuthorisationPending?.();
  return withDeadline(clock, options.pairing, () => agreed.promise, nobodyAccepted, signal);
}

function agree(transport: Transport, { arg0: version, arg1: maxData, payload }: AdbPacket): Agreement {
  const unchecked = version >= adbVersionUnchecked;
  transport.sendsSums = !unchecked;
  transport.decoder.dataCheck = unchecked ? 'ignored' : 'sum';
  if (version < adbVersionChecked || maxData < 1) {
    throw new AdbError('adb.protocol', 'a CNXN of an unknown kind', { context: { version, maxData } });
  }
  return { banner: parseBanner(payload), largestPayload: Math.min(maxData, adbLargestPayload) };
}
