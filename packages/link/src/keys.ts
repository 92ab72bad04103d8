import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** An Ed25519 key pair (RFC 8032); the public half travels as base64url of its 32 raw bytes. */
export interface SigningKey {
  readonly publicKey: string;
  sign(text: string): string;
}

const rawPublicKey = (key: KeyObject): string => {
  const { x } = key.export({ format: 'jwk' });
  return x as string;
};

function signingKey(privateKey: KeyObject): SigningKey {
  return {
    publicKey: rawPublicKey(createPublicKey(privateKey)),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
  };
}

/** A new key and its PKCS#8 PEM for keeping in a file that only its owner can read. */
export function generateSigningKey(): { key: SigningKey; pem: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { key: signingKey(privateKey), pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
}

/** Reads a PKCS#8 PEM; throws if it is not an Ed25519 private key. */
export const loadSigningKey = (pem: string): SigningKey => signingKey(createPrivateKey(pem));

let latest: { publicKey: string; key: KeyObject } | undefined;

/** An agent judges all its orders by the one key it pinned, and reading a key takes half as long as verifying with it. */
function parsed(publicKey: string): KeyObject {
  if (latest?.publicKey !== publicKey)
    latest = {
      publicKey,
      key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }),
    };
  return latest.key;
}

/** Whether `signature` (base64url) over `text` was made by the holder of `publicKey`. Malformed input is just false. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), parsed(publicKey), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
