import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import {
  EvenParityLine,
  evenParityLimits,
  evenParityWarning,
  fitsEvenParity,
  hostSymbols,
  memoryLine,
} from './index.ts';

const hexCodes = (text: string) => text.split(' ').map((code) => Number.parseInt(code, 16));
// Facts 2.2: which command bytes go out right, and which do not.
const right = hexCodes(
  '03 05 06 09 0A 0F 11 12 14 17 18 1B 1E 21 2B 2D 2E 33 35 36 39 3A 3C 3F 41 42 44 47 48 4D 50 53 55 56 59 5A 5C 5F 6F 71 72 74 77 7B 7D 7E 84 87 8B 8E 90 95 96 99 9A A0 AA AF B1 B2 B4 B7',
);
const wrong = hexCodes(
  '01 02 04 07 08 0B 0E 10 13 15 16 19 1A 1C 1F 20 2A 2C 2F 31 32 34 37 38 3B 3D 3E 40 43 45 46 49 4A 4C 4F 51 52 54 57 58 5B 5D 5E 6E 70 73 75 76 7A 7C 7F 80 83 85 86 8A 8C 8F 94 97 98 A4 A8 B0 B3 B5 B6',
);

test('fixed even parity names the commands it cannot send, as the facts list them', () => {
  const limits = evenParityLimits(1, [...right, ...wrong]);
  expect(limits).toEqual({ generalPoll: false, longPolls: true, unsendable: wrong });
  expect(evenParityWarning(1, limits)).toContain('1F 20 2A 2C 2F');
});

test('an address with an even number of ones cannot be spoken to at all', () => {
  const limits = evenParityLimits(3, right);
  expect(limits).toEqual({ generalPoll: true, longPolls: false, unsendable: right });
  expect(evenParityWarning(3, limits)).toContain('No long poll to address 3');
});

test('a message with data is judged by every byte of it', () => {
  expect(fitsEvenParity(hostSymbols([0x01, 0x11]))).toBe(true);
  expect(fitsEvenParity(hostSymbols([0x01, 0x54]))).toBe(false);
  expect(fitsEvenParity(hostSymbols([0x01, 0x72, 0x02, 0xff, 0x00, 0x0f, 0x22]))).toBe(false);
});

test('a message it cannot say is refused, not sent as something else', async () => {
  const clock = new VirtualClock();
  const { host, machine } = memoryLine({ clock });
  const line = new EvenParityLine(host);
  const heard: number[] = [];
  machine.receive((symbols) => heard.push(...symbols.map(({ symbol }) => symbol)));
  await expect(line.send(hostSymbols([0x01, 0x54]))).rejects.toMatchObject({
    code: 'sas.line.cannot_send',
    context: { hex: '0154' },
  });
  const sent = line.send(hostSymbols([0x01, 0x11]));
  await clock.advance(2);
  await sent;
  expect(heard).toEqual([0x101, 0x11]);
});
