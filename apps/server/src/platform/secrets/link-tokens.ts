import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a link that is sent to a person is good for. */
export type LinkPurpose = 'invitation' | 'password reset' | 'first owner';

/**
 * What a mailed link carries: the id of a row, and a proof that this server made it. Nothing in the database opens the
 * link, so a stolen backup does not; a mail that is sent again carries the same one.
 */
export interface LinkTokens {
  make(purpose: LinkPurpose, id: string): string;
  /** The id, if the token was made here for this purpose. Whether it still holds is the row's to say. */
  read(purpose: LinkPurpose, token: string): string | undefined;
}

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

export function createLinkTokens(secret: string): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'vakhta mailed links', 32));
  const proofOf = (purpose: LinkPurpose, id: string) =>
    createHmac('sha256', key).update(`${purpose}:${id}`).digest();
  return {
    make: (purpose, id) => `${id}.${proofOf(purpose, id).toString('base64url')}`,
    read(purpose, token) {
      const [, id, proof] = TOKEN.exec(token) ?? [];
      if (id === undefined || proof === undefined) return undefined;
      return timingSafeEqual(Buffer.from(proof, 'base64url'), proofOf(purpose, id)) ? id : undefined;
    },
  };
}
