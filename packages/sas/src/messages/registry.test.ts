import { expect, test } from 'vitest';
import type { Message } from '../codec/message.ts';
import { exceptions, followUps, priorityOrder } from '../tables/index.ts';
import { messageByCode, messageNames, messages } from './index.ts';

const all = messageNames.map((name) => [name, messages[name] as unknown as Message] as const);

test('every command has one name and one declaration', () => {
  for (const [name, message] of all) expect(messageByCode(message.code)?.name).toBe(name);
  expect(new Set(all.map(([, { code }]) => code)).size).toBe(all.length);
});

test('a receiver can tell the length of every message whose layout is known', () => {
  for (const [name, { request, response }] of all)
    for (const body of [request, response])
      if (body.kind === 'data' && !body.counted)
        expect([name, body.layout.size]).toEqual([name, expect.any(Number)]);
});

test('what M and R mean is kept: M begins with the game, R asks without data', () => {
  for (const [name, { type, request }] of all) {
    if (type === 'R') expect([name, request.kind === 'data' ? request.layout.size : -1]).toEqual([name, 0]);
    if (type === 'M' && request.kind === 'data') expect(request.layout.blocks[0]![0]![0]).toBe('game');
  }
});

test('priority flags and follow-ups are about exceptions that exist', () => {
  for (const code of [...priorityOrder, ...Object.keys(followUps)]) expect(exceptions.has(code)).toBe(true);
  for (const code of priorityOrder) expect(exceptions.get(code)?.kind).toBe('priority');
  expect(new Set([...exceptions.values()].map(({ name }) => name)).size).toBe(exceptions.size);
});
