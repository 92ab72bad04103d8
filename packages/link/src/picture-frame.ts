import { AppError } from '@vakhta/kernel';
import * as z from 'zod';

/** What stands before a picture's bytes in a binary frame. */
export const PictureHeader = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
});
export type PictureHeader = z.infer<typeof PictureHeader>;

/** A binary frame: u16 big-endian length of the header, the header as JSON, the picture. */
export function encodePictureFrame(header: PictureHeader, bytes: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const frame = new Uint8Array(2 + head.length + bytes.length);
  new DataView(frame.buffer).setUint16(0, head.length);
  frame.set(head, 2);
  frame.set(bytes, 2 + head.length);
  return frame;
}

/** Throws `AppError` 'link.bad_frame' for anything else. The bytes are not yet checked against the hash. */
export function decodePictureFrame(frame: Uint8Array): { header: PictureHeader; bytes: Uint8Array } {
  try {
    const length = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint16(0);
    const header = PictureHeader.parse(JSON.parse(new TextDecoder().decode(frame.subarray(2, 2 + length))));
    return { header, bytes: frame.subarray(2 + length) };
  } catch (cause) {
    throw new AppError('link.bad_frame', 'not a picture frame', { cause, context: { bytes: frame.length } });
  }
}
