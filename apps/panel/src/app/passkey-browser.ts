import { MadeCredential, ProvenCredential } from '@vakhta/api';

/** Why passkeys cannot be used where the desk is open; undefined: they can. */
export type PasskeyHindrance = 'browser' | 'address';

/**
 * A passkey belongs to a name, so there is none for a desk opened by a bare IP address, and browsers offer them over TLS
 * or on this machine only (WebAuthn 3 §5.1.3, secure contexts).
 */
export function passkeyHindrance(): PasskeyHindrance | undefined {
  const isAddress = /^(\d+\.){3}\d+$|^\[/.test(location.hostname);
  if (isAddress || !isSecureContext) return 'address';
  const isKnown =
    'PublicKeyCredential' in globalThis &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential;
  return isKnown ? undefined : 'browser';
}

/** Lets the person make a passkey on a device; undefined: they gave up. */
export async function makePasskey(options: unknown): Promise<MadeCredential | undefined> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  return unlessGivenUp(async () =>
    MadeCredential.parse(toJson(await navigator.credentials.create({ publicKey }))),
  );
}

/** Lets the person prove themself by a passkey; undefined: they gave up. */
export async function provePasskey(options: unknown): Promise<ProvenCredential | undefined> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  return unlessGivenUp(async () =>
    ProvenCredential.parse(toJson(await navigator.credentials.get({ publicKey }))),
  );
}

const toJson = (credential: Credential | null): unknown =>
  credential instanceof PublicKeyCredential ? credential.toJSON() : undefined;

/** A closed dialog, a time run out and a device without a passkey are told alike, so that pages learn nothing by it. */
async function unlessGivenUp<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError'))
      return undefined;
    throw error;
  }
}
