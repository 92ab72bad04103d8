import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '@vakhta/kernel';

/** Texts that stand in the database and are read by nobody who has the database alone. */
export interface TextSealer {
  seal(text: string, purpose: string): string;
  /** The text; undefined when another secret sealed it, it was sealed for another purpose, or it was changed. */
  open(sealed: string, purpose: string): string | undefined;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM (NIST SP 800-38D) with a key derived from `secret`. */
export function createTextSealer(secret: string, random: Pick<Random, 'bytes'>): TextSealer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'vakhta sealed texts', 32));
  return {
    seal(text, purpose) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return (
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        return undefined;
      }
    },
  };
}
