import { expect, test } from 'vitest';
import { type RecordedDevice, recordedLibc } from '../../../test/recorded-libc.ts';
import { hostSymbols, type Parity } from '../../line/index.ts';
import { openPort } from './open-port.ts';
import type { PortOrder } from './worker-messages.ts';

const everyParity: readonly Parity[] = ['mark', 'space', 'even', 'odd'];
const devices: Record<string, RecordedDevice> = {
  'a UART that does every parity': { parities: everyParity, tellsTransmitter: true, busyFor: 3 },
  'an adapter that cannot tell when it is empty': {
    parities: everyParity,
    tellsTransmitter: false,
    busyFor: 0,
  },
  'an adapter of even and odd only': { parities: ['even', 'odd'], tellsTransmitter: true, busyFor: 1 },
  'a port without parity': { parities: [], tellsTransmitter: false, busyFor: 0 },
};
const techniques = ['auto', 'markSpace', 'evenOdd', 'fixedEven', 'bridge'] as const;
const polls = [[0x81], [0x01, 0x1a], [0x01, 0x72, 0x02, 0xff, 0x00, 0x0f, 0x22], [0x80], [0x03, 0x54]];

/** The calls that sending `polls` makes, after the port was opened. */
function sendingCalls(device: RecordedDevice, technique: (typeof techniques)[number]) {
  const { libc, calls } = recordedLibc(device);
  let time = 0;
  const order: PortOrder = { kind: 'serial', path: '/dev/ttyS0', technique };
  const { tty, coding, opened } = openPort(libc, order, () => (time += 0.01));
  calls.length = 0;
  for (const poll of polls) coding.send(tty, hostSymbols(poll));
  return { calls, ninthBit: opened.ninthBit };
}

const isSwitch = (call: string) => (everyParity as readonly string[]).includes(call);
const isWrite = (call: string) => call.startsWith('write');

const transports = Object.keys(devices).flatMap((device) =>
  techniques.map((technique) => [device, technique] as const),
);

test.each(transports)(
  '%s, opened as %s: every switch waits for what was written to have left',
  (device, technique) => {
    const { calls } = sendingCalls(devices[device]!, technique);
    const sent = calls
      .filter(isWrite)
      .map((call) => call.slice('write '.length))
      .join('');
    if (technique !== 'bridge') expect(sent).toBe(Buffer.from(polls.flat()).toString('hex'));
    calls.forEach((call, index) => {
      if (!isSwitch(call)) return;
      const before = calls.slice(0, index);
      const written = before.findLastIndex(isWrite);
      const left = before.findLastIndex((earlier) => earlier === 'empty' || earlier === 'drained');
      expect(left, `call ${index} of ${calls.join(', ')}`).toBeGreaterThanOrEqual(written);
    });
  },
);

test('write, drain, switch: the calls of a long poll, to the letter', () => {
  const mark = sendingCalls(devices['a UART that does every parity']!, 'auto');
  expect(mark.ninthBit).toBe('markSpace');
  expect(mark.calls.slice(0, 7)).toEqual(['mark', 'write 81', 'busy', 'busy', 'busy', 'empty', 'space']);
  const unable = sendingCalls(devices['an adapter that cannot tell when it is empty']!, 'markSpace');
  expect(unable.calls.slice(4, 10)).toEqual(['mark', 'write 01', 'drained', 'space', 'write 1a', 'drained']);
  const even = sendingCalls(devices['an adapter of even and odd only']!, 'auto');
  expect(even.ninthBit).toBe('evenOdd');
  // 81 has an even number of ones, so its ninth bit is set by ODD.
  expect(even.calls.slice(0, 5)).toEqual(['odd', 'write 81', 'busy', 'empty', 'even']);
});

test('what never switches never does: fixed parity and a bridge', () => {
  for (const technique of ['fixedEven', 'bridge'] as const)
    for (const device of Object.values(devices))
      expect(sendingCalls(device, technique).calls.filter(isSwitch)).toEqual([]);
});
