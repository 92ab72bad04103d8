import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLegacyOutput } from './shell.ts';
import { encodeShellPacket, ShellDecoder } from './shell-protocol.ts';

const packets = fc.array(
  fc.record({ id: fc.constantFrom(0, 1, 2), data: fc.uint8Array({ minLength: 1, maxLength: 50 }) }),
);

function gather(bytes: Uint8Array, cuts: number[]): Record<number, string> {
  const texts: Record<number, string> = {};
  const decoder = new ShellDecoder((id, data) => {
    texts[id] = (texts[id] ?? '') + Buffer.from(data).toString('hex');
  });
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  edges.slice(1).forEach((edge, i) => {
    decoder.push(bytes.subarray(edges[i], edge));
  });
  return texts;
}

test('each output of a shell arrives whole however its packets are cut', () => {
  fc.assert(
    fc.property(packets, fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
      const expected: Record<number, string> = {};
      for (const { id, data } of sent)
        expected[id] = (expected[id] ?? '') + Buffer.from(data).toString('hex');
      const bytes = Buffer.concat(sent.map(({ id, data }) => encodeShellPacket(id, data)));
      expect(gather(bytes, cuts)).toEqual(expected);
    }),
  );
});

test('a packet that claims four gigabytes costs no memory', () => {
  const heard: number[] = [];
  const decoder = new ShellDecoder((_id, data) => heard.push(data.length));
  decoder.push(Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 65, 66));
  expect(heard).toEqual([2]);
});

test.each([
  ['hi\r\n__RC=0\r\n', 'hi\n', 0],
  ['no newline__RC=127\r\n', 'no newline', 127],
  ['a\r\r\nb\n__RC=1\n', 'a\nb\n', 1],
  ['__RC=9\nlater\n__RC=0\n', '__RC=9\nlater\n', 0],
])('the legacy shell output %j gives its text and code', (text, stdout, exitCode) => {
  expect(parseLegacyOutput(text)).toEqual({ stdout, stderr: '', exitCode });
});

test('a legacy shell that ended before its status line is not taken for a success', () => {
  expect(() => parseLegacyOutput('hi\r\n')).toThrow('without a status line');
});
