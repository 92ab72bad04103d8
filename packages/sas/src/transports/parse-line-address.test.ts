import { expect, test } from 'vitest';
import { parseLineAddress } from './parse-line-address.ts';

test.each([
  ['/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0', technique: 'auto' }],
  ['evenodd:/dev/ttyACM0', { kind: 'serial', path: '/dev/ttyACM0', technique: 'evenOdd' }],
  ['even:/dev/ttyS1', { kind: 'serial', path: '/dev/ttyS1', technique: 'fixedEven' }],
  ['bridge:/dev/serial/by-id/x', { kind: 'serial', path: '/dev/serial/by-id/x', technique: 'bridge' }],
  ['tcp://slot-7.local:4001', { kind: 'tcp', host: 'slot-7.local', port: 4001 }],
  ['tcp:[::1]:4001', { kind: 'tcp', host: '::1', port: 4001 }],
])('%s is a line', (text, address) => {
  expect(parseLineAddress(text)).toEqual({ ok: true, value: address });
});

test.each(['', 'COM3', 'tcp://host', 'tcp://host:99999', 'odd:/dev/ttyS0', 'toString:/dev/ttyS0'])(
  '%j is none, and the error says what is',
  (text) => {
    expect(parseLineAddress(text)).toMatchObject({ ok: false, error: expect.stringMatching(/is no/) });
  },
);
