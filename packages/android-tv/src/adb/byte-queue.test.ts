import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

test('what is read is what was pushed, in any pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.array(fc.nat(30)),
      async (chunks, reads) => {
        const queue = new ByteQueue();
        const read = (async () => {
          const parts: Uint8Array[] = [];
          for (const length of reads) {
            const part = await queue.read(length);
            if (!part) break;
            expect(part.length).toBe(length);
            parts.push(part);
          }
          for await (const chunk of queue.chunks()) parts.push(chunk);
          return Buffer.concat(parts);
        })();
        for (const chunk of chunks) {
          queue.push(chunk);
          await Promise.resolve();
        }
        queue.end();
        const all = Buffer.concat(chunks);
        const whole = await read;
        // A read past the end takes nothing, and the rest still comes.
        expect(whole.equals(all)).toBe(true);
      },
    ),
  );
});

test('a reader that waits hears of the end', async () => {
  const queue = new ByteQueue();
  const read = queue.read(1);
  queue.end(new Error('gone'));
  await expect(read).rejects.toThrow('gone');
});
