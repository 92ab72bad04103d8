import type { Command, CommandState } from '@vakhta/api';
import { expect, test } from 'vitest';
import { summarise } from '../ui/acting/batch-summary.ts';
import { CommandStore } from './command-store.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const store = () => new CommandStore((work) => work());
const message = (id: string, state: CommandState, second: number, batch: string | null = null) =>
  ({ type: 'command', id, thing: `thing-${id}`, batch, action: 'powerOff', state, at: at(second) }) as const;
const command = (id: string, state: CommandState, outcome?: Command['outcome']): Command => ({
  id,
  thing: `thing-${id}`,
  batch: 'b',
  action: 'powerOff',
  input: {},
  state,
  requestedBy: { id: 'm', name: 'Ann' },
  deadline: at(30),
  at: { requested: at(0), finished: at(5) },
  ...(outcome && { outcome }),
});

test('a late message never takes a command back', () => {
  const commands = store();
  commands.apply(message('1', 'accepted', 3));
  commands.apply(message('1', 'queued', 1));
  expect(commands.get('1')?.state).toBe('accepted');
});

test('evidence may still resolve what was unknown', () => {
  const commands = store();
  commands.apply(message('1', 'unknown', 3));
  commands.apply(message('1', 'succeeded', 9));
  expect(commands.get('1')?.state).toBe('succeeded');
});

test('a command that ended by the socket is asked for until its outcome is known', () => {
  const commands = store();
  commands.apply(message('1', 'failed', 3));
  expect(commands.incomplete().map(({ id }) => id)).toEqual(['1']);
  commands.load([command('1', 'failed', { code: 'timeout', message: 'no answer' })]);
  expect(commands.incomplete()).toEqual([]);
  expect(commands.get('1')?.outcome?.code).toBe('timeout');
});

test('what was asked here survives a message that overtook the answer', () => {
  const commands = store();
  commands.apply(message('1', 'delivered', 2));
  commands.track({
    id: '1',
    thing: 'thing-1',
    batch: null,
    action: 'setVolume',
    input: { volume: 30 },
    state: 'requested',
    at: { requested: at(0) },
  });
  expect(commands.get('1')).toMatchObject({ state: 'delivered', input: { volume: 30 } });
});

test('a batch is summed up by what became of each command, and names what to try again', () => {
  const commands = store();
  commands.load([
    command('1', 'succeeded', { observed: true }),
    command('2', 'succeeded', { observed: false }),
    command('3', 'expired'),
    command('4', 'unknown'),
    command('5', 'accepted'),
  ]);
  expect(summarise(commands.ofBatch('b'))).toEqual({
    total: 5,
    finished: 4,
    counts: { done: 1, sent: 1, failed: 1, unknown: 1, running: 1 },
    failedThings: ['thing-3', 'thing-4'],
  });
});

test('the commands of a batch are the same list until one of them changes', () => {
  const commands = store();
  commands.apply(message('1', 'queued', 1, 'b'));
  const before = commands.ofBatch('b');
  expect(commands.ofBatch('b')).toBe(before);
  commands.apply(message('1', 'delivered', 2, 'b'));
  expect(commands.ofBatch('b')).not.toBe(before);
});
