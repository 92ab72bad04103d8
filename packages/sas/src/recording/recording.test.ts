import { VirtualClock } from '@vakhta/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainMachine } from '../../test/plain-machine.ts';
import { hostSymbols, type Line, memoryLine } from '../line/index.ts';
import {
  headerLine,
  MessageTeller,
  messageLine,
  parseRecording,
  type RecordedMessage,
  type Replayed,
  recordLines,
  replayHost,
} from './index.ts';

const recorded = (messages: readonly RecordedMessage[]) =>
  [headerLine('2026-11-21T12:00:00.000Z'), ...messages.map(messageLine)].join('\n');

test('what is written is what is read again', () => {
  const message = fc.record({
    at: fc.nat(1_000_000).map((micros) => micros / 1000),
    from: fc.constantFrom('host', 'machine', 'wire'),
    symbols: fc.array(fc.nat(511), { minLength: 1, maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      const inOrder = messages.toSorted((a, b) => a.at - b.at);
      expect(parseRecording(recorded(inOrder))).toEqual({
        ok: true,
        value: { startedAt: '2026-11-21T12:00:00.000Z', messages: inOrder },
      });
    }),
  );
});

const head = headerLine('2026-11-21T12:00:00.000Z');
test.each([
  ['', /line 1: the first line says/],
  ['nonsense', /line 1: this is no JSON/],
  ['{"recording":"sas","version":2,"startedAt":"2026-11-21T12:00:00.000Z"}', /line 1: version/],
  [`${head}\n{"at":1,"from":"host","symbols":"81"}`, /line 2: symbols: .*three hex digits/],
  [`${head}\n\n{"at":1,"from":"us","symbols":"181"}`, /line 3: from/],
  [
    `${head}\n{"at":2,"from":"host","symbols":"181"}\n{"at":1,"from":"host","symbols":"181"}`,
    /line 3: earlier/,
  ],
])('a file that is no recording says where and why: %j', (text, error) => {
  expect(parseRecording(text)).toMatchObject({ ok: false, error: expect.stringMatching(error) });
});

/** Lets a host poll a machine, and records it by a tap on each wire, or on one that carries both. */
async function conversation(taps: 'two' | 'one'): Promise<RecordedMessage[]> {
  const clock = new VirtualClock();
  const hostTap = memoryLine({ clock });
  const machineTap = taps === 'two' ? memoryLine({ clock }) : hostTap;
  const { host, machine } = memoryLine({
    clock,
    onMessage: (from, symbols) => void (from === 'host' ? hostTap : machineTap).machine.send(symbols),
  });
  plainMachine(machine, clock, 1, 2);
  const messages: RecordedMessage[] = [];
  const lines: { line: Line; from: 'host' | 'machine' | 'wire' }[] =
    taps === 'two'
      ? [
          { line: hostTap.host, from: 'host' },
          { line: machineTap.host, from: 'machine' },
        ]
      : [{ line: hostTap.host, from: 'wire' }];
  const stop = recordLines(lines, clock, (message) => messages.push(message));
  for (const bytes of [[0x80], [0x81], [0x01, 0x1f]]) {
    void host.send(hostSymbols(bytes));
    await clock.advance(40);
  }
  stop();
  return messages;
}

test('two taps record both sides in the order they spoke, each message whole', async () => {
  const messages = await conversation('two');
  expect(messages.map(({ from, symbols }) => [from, symbols.length])).toEqual([
    ['host', 1],
    ['host', 1],
    ['machine', 1],
    ['host', 2],
    ['machine', 16],
  ]);
  expect(messages[1]).toMatchObject({ at: expect.closeTo(40.573, 2), symbols: [0x181] });
});

test('on a wire that carries both, an answer that follows at once is not taken for more of the question', async () => {
  const messages = await conversation('one');
  expect(messages.map(({ symbols }) => symbols.length)).toEqual([1, 1, 1, 2, 16]);
});

test('a recording is told like a conversation', () => {
  const teller = new MessageTeller();
  const told = [
    { at: 0, from: 'wire', symbols: [0x107] },
    { at: 40, from: 'host', symbols: [0x187] },
    { at: 45, from: 'machine', symbols: [0x11] },
    { at: 80, from: 'wire', symbols: [0x107, 0x1a] },
    { at: 90, from: 'wire', symbols: [0x07] },
    { at: 99, from: 'machine', symbols: [0x07, 0x55, 0x01] },
  ].map((message) => teller.tell(message as RecordedMessage));
  expect(told[0]).toMatch(/\*07 {2}chirp of 7/);
  expect(told[1]).toMatch(/0\.0400 host {4}\*87 {2}general poll to 7/);
  expect(told[2]).toMatch(/machine 11 {2}exception 11/);
  expect(told[3]).toMatch(/\*07 1A {2}1A currentCredits to 7/);
  expect(told[4]).toMatch(/ack of 7/);
  expect(told[5]).toMatch(/\? the message is too short/);
});

test('a replayed host gets the recorded answers from the same machine, and is told of others', async () => {
  const messages = await conversation('two');
  const replayTo = async (address: number) => {
    const clock = new VirtualClock();
    const { host, machine } = memoryLine({ clock });
    plainMachine(machine, clock, address, 2);
    const replayed: Replayed[] = [];
    const done = replayHost({ startedAt: '', messages }, host, clock, (one) => replayed.push(one));
    await clock.advance(500);
    await done;
    return replayed.map(({ same }) => same);
  };
  expect(await replayTo(1)).toEqual([true, true, true]);
  expect(await replayTo(2)).toEqual([true, false, false]);
});
