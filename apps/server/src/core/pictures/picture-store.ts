import { createHash } from 'node:crypto';
import { err, type OrganisationId, ok, type Result } from '@vakhta/kernel';
import { sql } from 'kysely';
import sharp, { type OutputInfo } from 'sharp';
import type { Database } from '../../platform/postgres/database.ts';

/** Wide enough to read a TV's menu, small enough to keep. */
const MAX_WIDTH = 1280;
/** A decoded picture larger than this is refused before it is decoded. */
const MAX_PIXELS = 16_000_000;

/**
 * Pictures that things brought. Nothing is kept as it came: it is decoded and encoded again as WebP, so that what
 * browsers get is a picture and nothing else.
 */
export class PictureStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps a picture under the hash of what was sent. Keeping it again changes nothing. */
  async keep(organisation: OrganisationId, sha256: string, bytes: Uint8Array): Promise<Result<void, string>> {
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      return err('the hash does not fit the picture');
    const encoded = await encode(bytes);
    if (!encoded.ok) return encoded;
    const { data, info } = encoded.value;
    await this.#database.tenant(organisation, async (tx) => {
      await sql`
        insert into pictures (org_id, sha256, bytes, width, height)
        values (${organisation}, ${sha256}, ${data}, ${info.width}, ${info.height})
        on conflict do nothing`.execute(tx);
    });
    return ok(undefined);
  }

  /** WebP, or undefined where the organisation has no such picture. */
  find(organisation: OrganisationId, sha256: string): Promise<Uint8Array | undefined> {
    return this.#database.tenant(organisation, async (tx) => {
      const { rows } = await sql<{
        bytes: Uint8Array;
      }>`select bytes from pictures where sha256 = ${sha256}`.execute(tx);
      return rows[0]?.bytes;
    });
  }
}

async function encode(bytes: Uint8Array): Promise<Result<{ data: Buffer; info: OutputInfo }, string>> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .resize({ width: MAX_WIDTH, withoutEnlargement: true })
      .webp({ quality: 80 });
    return ok(await picture.toBuffer({ resolveWithObject: true }));
  } catch (error) {
    return err(`not a picture that can be decoded: ${String(error)}`);
  }
}
