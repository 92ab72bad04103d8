import { seconds } from '@vakhta/kernel';
import { expect, expectTypeOf, test } from 'vitest';
import { hostBench } from '../../test/host-bench.ts';
import type { Credits } from '../codec/index.ts';
import { BadCommandSet, Commands, parseCommandSet } from './index.ts';

async function startedBench(options: Parameters<typeof hostBench>[0] = {}) {
  const bench = hostBench(options);
  bench.host.start();
  await bench.clock.advanceUntil(() => bench.host.capabilities !== undefined);
  return bench;
}

test('a command is called by its name, and its answer has the types of its poll', async () => {
  const { clock, host } = await startedBench({ setup: { credits: 1234 } });
  const commands = new Commands({
    host,
    clock,
    set: {
      readCredits: { poll: 'currentCredits' },
      firstGame: { poll: 'gameMeters', fields: { game: 1 } },
      lockOut: { poll: 'shutDown' },
    },
  });
  expectTypeOf(commands.run).parameter(0).toEqualTypeOf<'readCredits' | 'firstGame' | 'lockOut'>();
  const credits = commands.run('readCredits');
  await clock.advance(1000);
  const outcome = await credits;
  expect(outcome).toMatchObject({ ok: true, kind: 'data', fields: { credits: 1234 } });
  if (outcome.ok && outcome.kind === 'data') expectTypeOf(outcome.fields.credits).toEqualTypeOf<Credits>();
  // @ts-expect-error there is no such command
  await expect(commands.run('readDebts')).rejects.toThrow();
  // @ts-expect-error there is no such poll
  expect(() => new Commands({ host, clock, set: { a: { poll: 'currentDebts' } } })).toThrow();
  // @ts-expect-error the field is missing
  expect(() => new Commands({ host, clock, set: { a: { poll: 'gameMeters' } } })).toThrow(BadCommandSet);
});

test('fields of a call go over those of the set, and one that does not fit is the caller’s mistake', async () => {
  const { clock, host, machine } = await startedBench();
  const commands = new Commands({
    host,
    clock,
    set: parseCommandSet(
      '{"commands": [{"name": "bonus", "poll": "bonusAward", "fields": {"amountCredits": 5, "taxStatus": 0}}]}',
    ),
  });
  const bonus = commands.run('bonus', { amountCredits: 25 });
  await clock.advance(1000);
  expect(await bonus).toEqual({ ok: true, kind: 'ack' });
  await clock.advance(10_000);
  expect(machine.ledger.credits).toBe(25);
  await expect(commands.run('bonus', { amountCredits: -1 })).rejects.toMatchObject({ code: 'sas.bad_field' });
});

test('listeners hear each end of a command, the next one, or all; one that fails harms nobody', async () => {
  const { clock, host } = await startedBench();
  const commands = new Commands({
    host,
    clock,
    set: { credits: { poll: 'currentCredits' }, game: { poll: 'selectedGame' } },
  });
  const heard: string[] = [];
  const failed: unknown[] = [];
  host.on('handlerFailed', ({ event }) => failed.push(event));
  const off = commands.on('credits', ({ name, cause }) => heard.push(`each ${name} by ${cause}`));
  commands.once('credits', () => heard.push('next'));
  commands.onAny(({ poll }) => heard.push(`any ${poll}`));
  commands.on('game', () => {
    throw new Error('mine');
  });
  for (const name of ['credits', 'game', 'credits'] as const) {
    void commands.run(name);
    await clock.advance(1000);
    if (name === 'game') off();
  }
  expect(heard).toEqual([
    'each credits by call',
    'next',
    'any currentCredits',
    'any selectedGame',
    'any currentCredits',
  ]);
  expect(failed).toEqual(['command']);
});

test('a command that has a period runs at once and in time, and waits for a machine that is lost', async () => {
  const { clock, host, machine } = await startedBench();
  const commands = new Commands({
    host,
    clock,
    set: { credits: { poll: 'currentCredits', every: seconds(10) } },
  });
  const ranAt: number[] = [];
  commands.on('credits', ({ outcome }) => outcome.ok && ranAt.push(clock.monotonic()));
  const startedAt = clock.monotonic();
  commands.start();
  await clock.advance(35_000);
  expect(ranAt.map((at) => Math.floor((at - startedAt) / 1000))).toEqual([0, 10, 20, 30]);
  machine.powerOff();
  await clock.advance(60_000);
  expect(ranAt).toHaveLength(4);
  machine.powerOn();
  await clock.advanceUntil(() => host.isUp, 60_000);
  await clock.advance(5000);
  expect(ranAt).toHaveLength(5);
  commands.stop();
  await clock.advance(60_000);
  expect(ranAt).toHaveLength(5);
});

test('a command runs when the machine is there, and when it tells what the set names', async () => {
  const { clock, host, machine } = hostBench();
  const commands = new Commands({
    host,
    clock,
    set: { look: { poll: 'selectedGame', on: ['up', 'slotDoorClosed'] } },
  });
  const causes: string[] = [];
  commands.on('look', ({ cause }) => causes.push(cause));
  commands.start();
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  for (const code of ['11', '12', '12']) machine.raise({ code });
  await clock.advance(5000);
  expect(causes).toEqual(['up', 'slotDoorClosed', 'slotDoorClosed']);
});

test('a command that is set off again and again before it has run, runs once more afterwards', async () => {
  const { clock, host, machine } = await startedBench({ host: { realTimeEvents: true } });
  const commands = new Commands({
    host,
    clock,
    set: { look: { poll: 'selectedGame', on: ['slotDoorClosed'] } },
  });
  let runs = 0;
  commands.on('look', ({ outcome }) => outcome.ok && runs++);
  commands.start();
  // With events before each answer, the poll has no turn until all have been told.
  for (let n = 0; n < 12; n++) machine.raise({ code: '12' });
  await clock.advance(20_000);
  expect([runs > 0, runs < 6]).toEqual([true, true]);
});

test('a command that may be retried outlives silence, and one with a deadline says that it passed', async () => {
  const { clock, host, machine } = await startedBench();
  const commands = new Commands({
    host,
    clock,
    set: {
      patient: { poll: 'currentCredits', retries: 10, retryAfter: seconds(2) },
      hasty: { poll: 'selectedGame', within: 100 },
    },
  });
  machine.powerOff();
  const patient = commands.run('patient');
  const hasty = commands.run('hasty');
  await clock.advance(150);
  expect(await hasty).toMatchObject({ ok: false, error: { code: 'sas.expired', sent: 0 } });
  await clock.advance(5000);
  machine.powerOn();
  await clock.advance(30_000);
  expect(await patient).toMatchObject({ ok: true });
});

test('when the host is stopped, its commands end too', async () => {
  const { clock, host } = await startedBench();
  const commands = new Commands({ host, clock, set: { credits: { poll: 'currentCredits', every: 1000 } } });
  let runs = 0;
  commands.onAny(() => runs++);
  commands.start();
  const stopped = host.stop();
  await clock.advance(100);
  await stopped;
  await clock.advance(60_000);
  expect(runs).toBeLessThanOrEqual(2);
});
