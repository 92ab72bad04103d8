import { type Random, seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { plainMachine } from '../../test/plain-machine.ts';
import {
  EvenParityLine,
  evenParitySymbols,
  type Line,
  memoryLine,
  randomFault,
  type WireFault,
  wakeup,
} from '../line/index.ts';
import type { OpenLine } from '../transports/index.ts';
import { type Cause, diagnose, examine, openCause } from './index.ts';

interface Fault {
  readonly hostFault?: WireFault;
  readonly machineFault?: WireFault;
  readonly machineAddress?: number;
  readonly answerAfter?: number;
  readonly noMachine?: boolean;
  readonly device?: Partial<Pick<OpenLine, 'ninthBit' | 'adapter' | 'statistics'>>;
  readonly around?: (line: Line, clock: VirtualClock) => Line;
}

/** Examines a line with one fault, in virtual time. */
async function causesOf(fault: Fault, asked: number | 'any' = 1): Promise<readonly Cause[]> {
  const clock = new VirtualClock();
  const { host, machine } = memoryLine({ clock, ...fault });
  if (!fault.noMachine) plainMachine(machine, clock, fault.machineAddress ?? 1, fault.answerAfter);
  const device = {
    ninthBit: 'markSpace',
    adapter: undefined,
    statistics: undefined,
    ...fault.device,
  } as const;
  let found: Awaited<ReturnType<typeof examine>> | undefined;
  void examine(
    { line: fault.around?.(host, clock) ?? host, ...device },
    { clock, address: asked === 'any' ? undefined : asked },
  ).then((all) => {
    found = all;
  });
  await clock.advanceUntil(() => found !== undefined, 120_000);
  return diagnose(found!);
}
const likely = async (fault: Fault, asked?: number | 'any') => (await causesOf(fault, asked))[0]?.id;

/** What a receiver makes of bytes at another speed: as regular as it is wrong. */
const otherSpeed: WireFault = (symbols) => symbols.flatMap((symbol) => [(symbol * 5 + 0x1c) & 0xff, 0xf8]);
const noise = (random: Random, flippedBit: number) => randomFault(random, { flippedBit });

test('a healthy line is called healthy, and a machine that was calling for a host is said to have been', async () => {
  expect(await causesOf({})).toMatchObject([
    { id: 'wasChirping', weight: 'fine' },
    { id: 'healthy', weight: 'fine' },
  ]);
});

test('without an address the machine is found, by its chirp or by asking', async () => {
  expect(await likely({ machineAddress: 77 }, 'any')).toBe('wasChirping');
  const mute: WireFault = (symbols) => (symbols[0]! & wakeup ? [undefined] : symbols);
  expect(await likely({ machineAddress: 77, machineFault: mute }, 'any')).toBe('healthy');
});

const lostNinth: WireFault = (symbols) => symbols.map((symbol) => symbol & 0xff);
const nothing: WireFault = (symbols) => symbols.map(() => undefined);

test.each<[string, string, Fault]>([
  [
    'fixed even parity',
    'ninthBitStuck',
    { machineAddress: 3, hostFault: (sent) => evenParitySymbols(sent.map((symbol) => symbol & 0xff)) },
  ],
  ['parity always mark', 'ninthBitStuck', { hostFault: (sent) => sent.map((symbol) => symbol | wakeup) }],
  ['a machine at another address', 'wrongAddress', { machineAddress: 9 }],
  ['swapped wires', 'noAnswer', { hostFault: nothing, machineFault: nothing }],
  ['no machine at all', 'noAnswer', { noMachine: true }],
  ['our wire cut', 'notHeard', { hostFault: nothing }],
  [
    'the ninth bit lost by a port that says so',
    'ninthBitLost',
    { hostFault: lostNinth, device: { ninthBit: 'lost' } },
  ],
  ['the ninth bit lost behind our back', 'notHeard', { hostFault: lostNinth }],
  ['another speed', 'wrongSpeed', { hostFault: otherSpeed, machineFault: otherSpeed }],
  ['most answers damaged', 'corrupted', { machineFault: noise(seededRandom(1), 1) }],
  ['some answers damaged', 'noise', { machineFault: noise(seededRandom(2), 0.15) }],
  [
    'a parity of its own on the way back',
    'answersMarked',
    {
      machineFault: (sent) =>
        sent
          .map((symbol, at) => (sent.length === 1 ? symbol : at % 2 ? symbol | wakeup : symbol))
          .map((symbol) => symbol | wakeup),
    },
  ],
  [
    'a latency timer of 16 ms',
    'latencyTimer',
    { device: { adapter: { driver: 'ftdi_sio', latencyTimer: 16, overUsb: true } } },
  ],
  ['answers after 30 ms', 'lateAnswers', { answerAfter: 30 }],
  [
    'parity changed too slowly',
    'gapsTooLong',
    { device: { statistics: { messages: 40, worstGap: 9, gapsTooLong: 20 } } },
  ],
])('%s is called %s', async (_, cause, fault) => {
  expect(await likely(fault, fault.machineAddress === 3 ? 3 : 1)).toBe(cause);
});

test('with no address and no machine, nothing was heard of any of them', async () => {
  expect(await likely({ noMachine: true }, 'any')).toBe('noAnswer');
});

test('fixed even parity is named, with what it cannot ask', async () => {
  const around = (line: Line) => new EvenParityLine(line);
  expect(await likely({ around, device: { ninthBit: 'fixedEven' } })).toBe('fixedParity');
});

test('a test plug is told from an adapter that hears itself', async () => {
  const echoing = (line: Line, clock: VirtualClock): Line => {
    let hear: Parameters<Line['receive']>[0] = () => {};
    return {
      ...line,
      latency: 0,
      closed: line.closed,
      flush: () => line.flush(),
      close: () => line.close(),
      receive: (listener) => {
        hear = listener;
        line.receive(listener);
      },
      send: async (symbols) => {
        const end = await line.send(symbols);
        hear(symbols.map((symbol) => ({ at: clock.monotonic(), symbol: symbol & 0xff })));
        return end;
      },
    };
  };
  expect(await likely({ noMachine: true, around: echoing })).toBe('loopback');
  expect(await likely({ around: echoing })).toBe('echo');
});

test('another host on the line is heard before we say a word', async () => {
  const around = (line: Line, clock: VirtualClock): Line => {
    const receive = line.receive.bind(line);
    line.receive = (listener) => {
      receive(listener);
      clock.every(200, () => listener([{ at: clock.monotonic(), symbol: 0x181 }]));
    };
    return line;
  };
  expect(await likely({ around })).toBe('otherHost');
});

test('an adapter that is pulled out is called unplugged, whatever else was found', async () => {
  const around = (line: Line, clock: VirtualClock): Line => {
    let pull: (cause: string) => void = () => {};
    const closed = new Promise<string>((resolve) => {
      pull = resolve;
    });
    clock.after(7000, () => pull('the adapter has gone (EIO)'));
    return {
      latency: 0,
      closed,
      flush: () => {},
      close: async () => {},
      receive: (listener) => line.receive(listener),
      send: (symbols) =>
        clock.monotonic() < 7000 ? line.send(symbols) : Promise.reject(new Error('the adapter has gone')),
    };
  };
  expect(await likely({ around })).toBe('unplugged');
});

test.each([
  ['sas.line.no_device', 'noDevice'],
  ['sas.line.no_permission', 'noPermission'],
  ['sas.line.in_use', 'inUse'],
  ['sas.line.not_serial', 'notSerial'],
  ['sas.line.open_failed', 'cannotOpen'],
])('a line that cannot be opened (%s) has its cause too', (code, id) => {
  expect(openCause(code, 'why')).toMatchObject({ id, weight: 'trouble' });
});

test('an error that is not the line’s is not explained away', () => {
  expect(openCause('kernel.unreachable', 'why')).toBeUndefined();
});
