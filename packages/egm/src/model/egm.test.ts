import { parseValue } from '@vakhta/things';
import { expect, test } from 'vitest';
import { facts } from '../facts/index.ts';
import { egm } from './egm.ts';
import { reasons } from './reasons.ts';

test('every fact of the driver is an event of the model, and the other way round', () => {
  expect(Object.keys(egm.events).sort()).toEqual(Object.keys(facts).sort());
});

test('an exception as the facts declare it fits the model’s own schema', () => {
  const exception = facts.exception.parse({
    number: 1,
    code: '11',
    name: 'slotDoorOpened',
    title: 'slot door opened',
    realTime: false,
    data: [{ name: 'credits', value: '3' }],
    maybeRepeated: false,
  });
  expect(parseValue(egm.events.exception!.data!, exception)).toMatchObject({ ok: true });
});

test('the model speaks two languages: no Russian text is English left standing', () => {
  const same: string[] = [];
  walk(egm, (en, ru) => {
    if (en === ru) same.push(en);
    expect(en, `'${en}' must be English`).not.toMatch(/[а-яё]/i);
  });
  expect(same).toEqual([]);
});

test('what moves money or the machine says what will happen before it does', () => {
  for (const [name, action] of Object.entries(egm.actions)) {
    if (!action.physical && action.risk !== 'money') continue;
    expect([action.confirm, action.consequence !== undefined], name).toEqual(['ask', true]);
    expect(action.risk === 'money' && action.idempotent, name).toBe(false);
  }
});

test('transfers take amounts and ids that a machine can keep, and nothing else', () => {
  const schema = egm.actions.transferToMachine!.input!;
  const good = { transfer: 'D1-000001', kind: 'cashable', amountCents: 5000, allowPartial: false };
  expect(parseValue(schema, good)).toMatchObject({ ok: true });
  for (const [field, wrong] of [
    ['transfer', 'D1 1'],
    ['transfer', 'x'.repeat(21)],
    ['kind', 'cash'],
    ['amountCents', 0],
    ['amountCents', 1.5],
    ['amountCents', 99_999_999_991],
    ['allowPartial', 'yes'],
  ] as const)
    expect(parseValue(schema, { ...good, [field]: wrong }), field).toMatchObject({
      ok: false,
      error: { field },
    });
  expect(parseValue(egm.actions.transferToHost!.input!, { ...good, kind: 'restricted' })).toMatchObject({
    ok: false,
  });
});

test('reasons are the driver’s own', () => {
  for (const code of Object.keys(reasons)) expect(code).toMatch(/^egm\.[a-z_]+$/);
});

/** Every pair of texts in the model. */
function walk(value: unknown, visit: (en: string, ru: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const { en, ru } = value as { en?: unknown; ru?: unknown };
  if (typeof en === 'string' && typeof ru === 'string') visit(en, ru);
  for (const member of Object.values(value)) walk(member, visit);
}
