import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyFields, fields } from '../../test/arbitrary-fields.ts';
import type { AnyBody, Message } from '../codec/message.ts';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from '../frames/index.ts';
import { eventData } from '../tables/index.ts';
import { messageNames, messages } from './index.ts';

const runs = { numRuns: 60 };
const stripped = (value: Record<string, unknown>): Record<string, unknown> => {
  const { features: _, base, ...rest } = value;
  return base === undefined ? rest : { ...rest, base: stripped(base as Record<string, unknown>) };
};

test.each(messageNames)('what a host asks by %s comes back as it was', (name) => {
  const message = messages[name] as unknown as Message;
  fc.assert(
    fc.property(fc.gen(), fc.integer({ min: 0, max: 127 }), (g, address) => {
      const request = {
        ...bodyFields(g, message.request as AnyBody, 'request'),
        message: 'longPoll' as const,
        address,
        command: message.code,
        ...(message.type === 'R' ? {} : { crcOk: true }),
      };
      expect(decodeRequest(encodeRequest(request))).toEqual({ ok: true, value: request });
    }),
    runs,
  );
});

test.each(messageNames.filter((name) => messages[name].response.kind !== 'ack'))(
  'what a machine answers to %s comes back as it was',
  (name) => {
    const message = messages[name] as unknown as Message;
    fc.assert(
      fc.property(fc.gen(), fc.integer({ min: 0, max: 127 }), (g, address) => {
        const response = {
          ...bodyFields(g, message.response as AnyBody, 'response'),
          message: 'data' as const,
          address,
          command: message.code,
          crcOk: true,
        };
        const decoded = decodeResponse(encodeResponse(response), message.code);
        expect(decoded).toMatchObject({ ok: true });
        if (decoded.ok) expect(stripped({ ...decoded.value })).toEqual(stripped(response));
      }),
      runs,
    );
  },
);

test.each(Object.keys(eventData) as (keyof typeof eventData)[])(
  'event %s comes back with its data and without',
  (code) => {
    fc.assert(
      fc.property(fc.gen(), fc.boolean(), (g, bare) => {
        const event = {
          ...(bare ? {} : fields(g, eventData[code])),
          message: 'event' as const,
          address: 1,
          event: code,
          crcOk: true,
        };
        expect(decodeResponse(encodeResponse(event), 'GP')).toEqual({ ok: true, value: event });
      }),
      runs,
    );
  },
);

test('a field that does not fit is the caller’s mistake, with the name of the field', () => {
  const request = { message: 'longPoll' as const, address: 1, command: '0E', crcOk: true, rteEnabled: 'yes' };
  expect(() => encodeRequest(request)).toThrow(/rteEnabled/);
  expect(() => encodeRequest({ ...request, command: '8A', amountCredits: 1e9, taxStatus: 0 })).toThrow(
    /amountCredits/,
  );
});
