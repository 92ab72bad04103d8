import type { AgentId } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { factOf, factOfAgent } from './fact-of-event.ts';

const hall = '01890000-0000-7000-8000-0000deadbeef';
const place = { hall, machine: 'M01', minorDigits: 2 };
const rouble = { hall, machine: 'M01', minorDigits: 0 };

test('a reading in the driver’s words becomes values by code, money in minor units of the hall', () => {
  const data = {
    cause: 'change',
    meters: [
      { code: '00', value: 15, digits: 8 },
      { code: 'A0', value: 70_000, digits: 10 },
    ],
    frames: ['0119'],
    clocks: { machine: null, agent: 0, monotonic: 0, life: 'a' },
  };
  expect(factOf({ name: 'reading', data }, place)).toEqual({
    kind: 'reading',
    machine: 'M01',
    meters: { '00': 15, A0: 70_000 },
  });
  expect(factOf({ name: 'reading', data }, rouble)).toMatchObject({ meters: { '00': 15, A0: 700 } });
});

test('a transfer is known by the number that went on the wire', () => {
  const reply = {
    transfer: 'deadbeef-12',
    message: 'initiateReply',
    status: '00',
    amountCents: 500,
    entries: [],
  };
  expect(factOf({ name: 'transfer', data: reply }, place)).toEqual({
    kind: 'transfer.machine',
    machine: 'M01',
    number: 12,
    message: 'initiateReply',
    status: '00',
    amountMinor: 500,
  });
  const history = {
    ...reply,
    message: 'historyReply',
    status: null,
    amountCents: null,
    entries: [
      { transfer: null, status: '00', amountCents: 1 },
      { transfer: 'deadbeef-12', status: '01', amountCents: 200 },
    ],
  };
  expect(factOf({ name: 'transfer', data: history }, place)).toMatchObject({
    status: '01',
    amountMinor: 200,
  });
  for (const silent of [{ message: 'sent' }, { transfer: 'cafecafe-12' }, { transfer: 'T12' }])
    expect(factOf({ name: 'transfer', data: { ...reply, ...silent } }, place)).toBeUndefined();
});

test('a changed payback becomes a hold, exactly', () => {
  const data = { creditTenThousandths: 500, basePaybackPercent: '92.35', isChanged: true };
  expect(factOf({ name: 'configuration', data }, place)).toEqual({
    kind: 'config',
    machine: 'M01',
    denominationMinor: 5,
    parHoldPct: '7.65',
  });
});

test('what is of no known form is kept, with what is wrong with it', () => {
  expect(factOf({ name: 'reading', data: { meters: 'many' } }, place)).toMatchObject({
    kind: 'notUnderstood',
    event: 'reading',
    problem: expect.stringContaining('meters'),
  });
});

test('an agent that started, or refused an order, is heard of', () => {
  const agent = '01890000-0000-7000-8000-000000000001' as AgentId;
  expect(factOfAgent({ agent, name: 'started', data: {} })).toEqual({ kind: 'agent.restart', agent });
  expect(factOfAgent({ agent, name: 'order_refused', data: { code: 'bad_signature' } })).toEqual({
    kind: 'order.judged',
    agent,
    order: 'unknown',
    result: 'refused',
    code: 'bad_signature',
  });
  expect(factOfAgent({ agent, name: 'disk_full', data: {} })).toBeUndefined();
});
