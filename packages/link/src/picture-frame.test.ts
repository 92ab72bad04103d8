import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePictureFrame, encodePictureFrame } from './picture-frame.ts';

const header = { sha256: 'a'.repeat(64), contentType: 'image/png' } as const;

test('a picture comes back as it was sent, also from the middle of a larger buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(20), (bytes, offset) => {
      const frame = encodePictureFrame(header, bytes);
      const larger = new Uint8Array(frame.length + offset);
      larger.set(frame, offset);
      expect(decodePictureFrame(larger.subarray(offset))).toEqual({ header, bytes });
    }),
  );
});

test('anything else is refused with one code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
      expect(() => decodePictureFrame(garbage)).toThrow(expect.objectContaining({ code: 'link.bad_frame' }));
    }),
  );
});
