import { readBody, writeBody } from '../codec/body.ts';
import type { Field, Fields } from '../codec/field.ts';
import { byte, hex, when } from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { counted, longPoll, type Message } from '../codec/message.ts';

/** What the base poll asks or answers, in its own fields. */
export type BaseFields = Readonly<Record<string, unknown>>;

/**
 * Facts 5.2, B0: another poll wrapped for one denomination; its data come without CRC, with their own length byte if
 * they have one.
 */
export function multiDenomPoll(baseOf: (code: string) => Message | undefined) {
  const nested = (side: 'request' | 'response'): Field<BaseFields> => ({
    form: { kind: 'nested' },
    read(reader, before) {
      const body = baseOf(String(before.baseCommand))?.[side];
      return body && body.kind === 'data' ? readBody(body, reader) : { raw: reader.hex(reader.left) };
    },
    write(writer, value, all) {
      const body = baseOf(String(all.baseCommand))?.[side];
      if (body && body.kind === 'data') writeBody(body, writer, value);
      else writer.hex(String(value.raw ?? ''), undefined);
    },
  });
  const isError = ({ baseCommand }: Fields) => baseCommand === '00';
  return longPoll('B0', 'S', 'Multi-denomination preamble', {
    request: counted(
      layout({ denomCode: byte({ 0: 'default' }), baseCommand: hex(1), base: nested('request') }),
    ),
    response: counted(
      layout({
        denomCode: byte({ 0: 'default' }),
        baseCommand: hex(1),
        base: when('without error', (before) => !isError(before), nested('response')),
        errorCode: when(
          'with base command 00',
          isError,
          byte({
            1: 'poll not supported',
            2: 'badly formed',
            3: 'not aware of denominations',
            4: 'denomination not supported for this poll',
            5: 'not a player denomination',
          }),
        ),
      }),
    ),
    confidence: '2',
    section: '5.2',
  });
}
