/**
 * The RSA-2048 keys of ADB: how a private one signs, and the strange form a public one is sent in (524 bytes of
 * Montgomery constants in base64, then a comment). Source: AOSP adb `crypto/rsa_2048_key.cpp` and `android_pubkey`.
 */
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
} from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AdbError } from './adb-error.ts';

/** The length of the tokens a device asks us to sign. */
export const adbTokenLength = 20;

const modulusBytes = 256;
const modulusWords = modulusBytes / 4;
const encodedLength = 4 + 4 + modulusBytes + modulusBytes + 4;
const twoTo32 = 1n << 32n;

// The token stands where a SHA-1 digest would; this is the DER prefix that says "SHA-1".
const sha1DigestInfo = Buffer.from('3021300906052b0e03021a05000414', 'hex');

/** The public half as a device knows it. */
export interface AdbPublicKey {
  /** Base64 of the 524 bytes, which is also a device's key of identity. */
  readonly encoded: string;
  /** `user@host` by habit; it is what some devices show in the dialog. */
  readonly comment: string;
  /** MD5 as Android prints it in the dialog, for a person to compare: `AB:CD:…`. */
  readonly fingerprint: string;
  /** Whether `signature` is this key's signature of `token`; never throws. */
  verify(token: Uint8Array, signature: Uint8Array): boolean;
}

export interface AdbKey {
  readonly publicKey: AdbPublicKey;
  /** The signature of a token of 20 bytes; the token is used as the digest, not hashed again. */
  sign(token: Uint8Array): Uint8Array;
  /** The private key as PEM PKCS#8, as in `~/.android/adbkey`. A secret. */
  toPem(): string;
}

/** A new RSA-2048 key (adbd takes no other size). `comment` is what a device may show when it asks. */
export async function generateAdbKey(comment = 'vakhta@agent'): Promise<AdbKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicExponent: 65537,
  });
  return adbKeyOf(privateKey, comment);
}

/**
 * A key from its PEM text.
 * @throws AdbError adb.protocol when the text is not an RSA-2048 private key.
 */
export function parseAdbKey(pem: string, comment = 'vakhta@agent'): AdbKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new AdbError('adb.protocol', 'not a private key in PEM form', { cause });
  }
  if (key.asymmetricKeyType !== 'rsa' || key.asymmetricKeyDetails?.modulusLength !== 2048) {
    throw new AdbError('adb.protocol', 'ADB keys are RSA of 2048 bits');
  }
  return adbKeyOf(key, comment);
}

/** The key kept in `file`, made there (mode 0600, public half beside it as `.pub`) when the file does not exist. */
export async function loadOrCreateAdbKey(file: string, comment?: string): Promise<AdbKey> {
  const read = () => readFile(file, 'utf8');
  try {
    return parseAdbKey(await read(), comment);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  const key = await generateAdbKey(comment);
  try {
    await writeFile(file, key.toPem(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process made it in the meantime: its key is the one the TVs will learn.
    if (isErrno(error, 'EEXIST')) return parseAdbKey(await read(), comment);
    throw error;
  }
  await writeFile(`${file}.pub`, `${key.publicKey.encoded} ${key.publicKey.comment}\n`);
  return key;
}

/** The payload of AUTH RSAPUBLICKEY. */
export const encodePublicKey = (key: AdbPublicKey): Uint8Array =>
  new TextEncoder().encode(`${key.encoded} ${key.comment}\0`);

/**
 * A public key as a host sends it or `adbkey.pub` holds it.
 * @throws AdbError adb.protocol when it is not a well-formed RSA-2048 key.
 */
export function parsePublicKey(payload: Uint8Array | string): AdbPublicKey {
  const text = (typeof payload === 'string' ? payload : new TextDecoder().decode(payload))
    .replaceAll('\0', '')
    .trim();
  const space = text.indexOf(' ');
  const encoded = space < 0 ? text : text.slice(0, space);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== encodedLength || bytes.readUInt32LE(0) !== modulusWords) {
    throw new AdbError('adb.protocol', 'not an ADB public key', { context: { length: bytes.length } });
  }
  const modulus = Buffer.from(bytes.subarray(8, 8 + modulusBytes)).reverse();
  const exponent = Buffer.alloc(4);
  exponent.writeUInt32BE(bytes.readUInt32LE(encodedLength - 4));
  try {
    const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') };
    return publicKeyOf(createPublicKey({ key: jwk, format: 'jwk' }), space < 0 ? '' : text.slice(space + 1));
  } catch (cause) {
    throw new AdbError('adb.protocol', 'not an RSA public key', { cause });
  }
}

function adbKeyOf(privateKey: KeyObject, comment: string): AdbKey {
  const padding = constants.RSA_PKCS1_PADDING;
  return {
    publicKey: publicKeyOf(createPublicKey(privateKey), comment),
    sign: (token) => privateEncrypt({ key: privateKey, padding }, Buffer.concat([sha1DigestInfo, token])),
    toPem: () => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function publicKeyOf(key: KeyObject, comment: string): AdbPublicKey {
  const bytes = montgomeryForm(key);
  return {
    encoded: bytes.toString('base64'),
    comment,
    fingerprint: createHash('md5').update(bytes).digest('hex').toUpperCase().match(/../g)!.join(':'),
    verify: (token, signature) => {
      try {
        const digestInfo = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
        return digestInfo.equals(Buffer.concat([sha1DigestInfo, token]));
      } catch {
        return false;
      }
    },
  };
}

function montgomeryForm(key: KeyObject): Buffer {
  const { n, e } = key.export({ format: 'jwk' });
  if (typeof n !== 'string' || typeof e !== 'string') {
    throw new AdbError('adb.protocol', 'ADB keys are RSA of 2048 bits');
  }
  const modulus = BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
  const bytes = Buffer.alloc(encodedLength);
  bytes.writeUInt32LE(modulusWords, 0);
  bytes.writeUInt32LE(Number(twoTo32 - inverseModTwoTo32(modulus % twoTo32)), 4);
  bytes.set(littleEndian(modulus), 8);
  bytes.set(littleEndian((1n << BigInt(2 * 8 * modulusBytes)) % modulus), 8 + modulusBytes);
  bytes.writeUInt32LE(Number(`0x${Buffer.from(e, 'base64url').toString('hex')}`), encodedLength - 4);
  return bytes;
}

/** Newton's iteration doubles the correct low bits each round; an odd number is its own inverse modulo 8. */
function inverseModTwoTo32(odd: bigint): bigint {
  let inverse = odd;
  for (let bits = 3; bits < 32; bits *= 2) {
    inverse = BigInt.asUintN(32, inverse * (2n - odd * inverse));
  }
  return inverse;
}

const littleEndian = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * modulusBytes, '0'), 'hex').reverse();

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
