import { type AgentId, type CommandId, newId, systemClock, systemRandom, type ThingId } from '@vakhta/kernel';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CLOCK_TOLERANCE,
  type CommandOrder,
  judgeOrder,
  ORDER_LIFETIME,
  type OrderJudge,
  signOrder,
} from './command-order.ts';
import { generateSigningKey } from './keys.ts';

const ids = { clock: systemClock, random: systemRandom };
const { key } = generateSigningKey();
const agent = newId<AgentId>(ids);
const thing = newId<ThingId>(ids);
const now = Date.UTC(2026, 10, 25);
const order = (change: Partial<CommandOrder> = {}): CommandOrder => ({
  id: newId<CommandId>(ids),
  agent,
  thing,
  action: 'setVolume',
  input: { volume: 12, note: 'громкость' },
  notAfter: now + ORDER_LIFETIME,
  ...change,
});
const judge = (change: Partial<OrderJudge> = {}): OrderJudge => ({
  serverKey: key.publicKey,
  agent,
  now,
  looksAfter: (asked) => asked === thing,
  wasTaken: () => false,
  ...change,
});

test('an order as it was signed is taken, word for word', () => {
  const given = order();
  expect(judgeOrder(signOrder(key, given), judge())).toEqual({ ok: true, value: given });
});

test('an order with any byte of it or of its signature changed is refused as not signed', () => {
  const signed = signOrder(key, order());
  fc.assert(
    fc.property(fc.nat(signed.payload.length - 1), fc.integer({ min: 1, max: 0xffff }), (at, by) => {
      const changed = String.fromCharCode(signed.payload.charCodeAt(at) ^ by);
      const payload = signed.payload.slice(0, at) + changed + signed.payload.slice(at + 1);
      expect(judgeOrder({ ...signed, payload }, judge())).toEqual({
        ok: false,
        error: { code: 'bad_signature' },
      });
    }),
  );
  const other = signOrder(key, order());
  expect(judgeOrder({ ...signed, signature: other.signature }, judge())).toMatchObject({
    error: { code: 'bad_signature' },
  });
});

test('another server’s order is refused, and so is a signed text that is no order', () => {
  expect(judgeOrder(signOrder(generateSigningKey().key, order()), judge())).toMatchObject({
    error: { code: 'bad_signature' },
  });
  const notAnOrder = { payload: '{}', signature: key.sign('vakhta-order-1|{}') };
  expect(judgeOrder(notAnOrder, judge())).toMatchObject({ error: { code: 'bad_signature' } });
  const withoutLabel = JSON.stringify(order());
  expect(judgeOrder({ payload: withoutLabel, signature: key.sign(withoutLabel) }, judge())).toMatchObject({
    error: { code: 'bad_signature' },
  });
});

test.each<[string, Partial<CommandOrder>, Partial<OrderJudge>]>([
  ['expired', { notAfter: now - 1 }, {}],
  ['not_for_me', { agent: newId<AgentId>(ids) }, {}],
  ['not_for_me', { thing: newId<ThingId>(ids) }, {}],
  ['replayed', {}, { wasTaken: () => true }],
  ['not_yet_valid', { notAfter: now + ORDER_LIFETIME + CLOCK_TOLERANCE + 1 }, {}],
])('an order is refused as %s', (code, change, judgeChange) => {
  expect(judgeOrder(signOrder(key, order(change)), judge(judgeChange))).toMatchObject({
    ok: false,
    error: { code },
  });
});

test('of several reasons the first of the fixed order is given', () => {
  const everythingWrong = order({ notAfter: now - 1, agent: newId<AgentId>(ids) });
  const seen = judge({ wasTaken: () => true });
  expect(judgeOrder(signOrder(key, everythingWrong), seen)).toMatchObject({ error: { code: 'expired' } });
  expect(judgeOrder(signOrder(key, { ...everythingWrong, notAfter: now + 1 }), seen)).toMatchObject({
    error: { code: 'not_for_me' },
  });
  expect(judgeOrder(signOrder(key, order({ notAfter: now + 10 * ORDER_LIFETIME })), seen)).toMatchObject({
    error: { code: 'replayed' },
  });
});

test('an order within the clocks’ tolerance is taken', () => {
  const late = order({ notAfter: now + ORDER_LIFETIME + CLOCK_TOLERANCE });
  expect(judgeOrder(signOrder(key, late), judge())).toMatchObject({ ok: true });
  expect(judgeOrder(signOrder(key, order({ notAfter: now })), judge())).toMatchObject({ ok: true });
});
