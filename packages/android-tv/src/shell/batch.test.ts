import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseScript } from '../simulator/shell/parse-script.ts';
import { batchScript, splitBatch } from './batch.ts';
import { quote } from './quote.ts';

const outputs = fc.array(
  fc.string().filter((text) => !text.includes('@@') && !text.includes('\r')),
  { maxLength: 6 },
);
const printed = (texts: readonly string[]) =>
  `${texts.map((text, index) => `@@${index}\n${text}`).join('')}@@${texts.length}\n`;

it('gives back what each command printed, with or without a last newline', () => {
  fc.assert(
    fc.property(outputs, (texts) => {
      expect(splitBatch(printed(texts), texts.length)).toEqual(texts);
    }),
  );
});

it('gives what came when the TV was cut short, and never throws', () => {
  fc.assert(
    fc.property(outputs, fc.nat(200), (texts, length) => {
      const cut = splitBatch(printed(texts).slice(0, length), texts.length);
      expect(cut).toHaveLength(texts.length);
      for (const [index, text] of cut.entries())
        expect(`${texts[index]}@@${index + 1}\n`.startsWith(text)).toBe(true);
    }),
  );
});

it('marks every command and ends without a newline, so that a status may be appended', () => {
  expect(batchScript(['dumpsys power', 'cat /proc/uptime'])).toBe(
    'exec </dev/null\necho @@0\ndumpsys power 2>&1\necho @@1\ncat /proc/uptime 2>&1\necho @@2',
  );
});

it('quotes whatever a person writes as one word', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      const [pipeline, ...more] = parseScript(`am start -n ${quote(text)}`);
      expect(more).toEqual([]);
      expect(pipeline?.commands.map(({ words }) => words)).toEqual([['am', 'start', '-n', text]]);
    }),
  );
});
