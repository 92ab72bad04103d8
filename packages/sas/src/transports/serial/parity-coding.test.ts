import { expect, test } from 'vitest';
import { hostSymbols, type Parity, symbolTime } from '../../line/index.ts';
import { symbolUnder } from '../../line/parity.ts';
import { ParityCoding, type ParityTechnique } from './parity-coding.ts';
import type { Port } from './port.ts';

/**
 * A UART with a FIFO: what has not been drained when the parity changes goes out under the new one. It writes down
 * what was asked of it, and what a machine would have heard.
 */
class RecordedPort implements Port {
  readonly calls: string[] = [];
  readonly heard: number[] = [];
  parity: Parity;
  #fifo: number[] = [];
  #now = 1000;

  constructor(parity: Parity) {
    this.parity = parity;
  }

  write(bytes: Uint8Array): void {
    this.calls.push(`write ${Buffer.from(bytes).toString('hex')}`);
    this.#fifo.push(...bytes);
  }

  drain(symbols: number): void {
    this.calls.push(`drain ${symbols}`);
    this.#now += symbols * symbolTime;
    this.#leave();
  }

  setParity(parity: Parity): void {
    this.calls.push(parity);
    this.#now += 0.5;
    this.parity = parity;
    this.#leave();
  }

  pause(): void {}

  now(): number {
    return this.#now;
  }

  #leave(): void {
    this.heard.push(...this.#fifo.map((byte) => symbolUnder(this.parity, byte)));
    this.#fifo = [];
  }
}

const record = (technique: ParityTechnique, symbols: readonly number[]) => {
  const coding = new ParityCoding(technique);
  const port = new RecordedPort(coding.settings.parity);
  return { port, times: coding.send(port, symbols) };
};

test('a long poll is written, drained and only then switched: MARK for its first byte, SPACE for the rest', () => {
  const { port, times } = record('markSpace', hostSymbols([0x01, 0x72, 0x02, 0xff, 0x00, 0x0f, 0x22]));
  expect(port.calls).toEqual(['mark', 'write 01', 'drain 1', 'space', 'write 7202ff000f22', 'drain 6']);
  expect(times.gap).toBeCloseTo(0.5);
  expect(times.end).toBeCloseTo(1000 + 1 + 7 * symbolTime);
});

test('a general poll is drained before the port goes back to SPACE for the answer', () => {
  const { port } = record('markSpace', [0x181]);
  expect(port.calls).toEqual(['mark', 'write 81', 'drain 1', 'space']);
});

test('with EVEN and ODD the order is the same, and the port rests at EVEN', () => {
  const { port } = record('evenOdd', hostSymbols([0x01, 0x54, 0x11]));
  expect(port.calls).toEqual([
    'write 01',
    'drain 1',
    'odd',
    'write 54',
    'drain 1',
    'even',
    'write 11',
    'drain 1',
  ]);
});

test('fixed parity never switches', () => {
  const { port } = record('fixedEven', hostSymbols([0x01, 0x11]));
  expect(port.calls).toEqual(['write 01' + '11', 'drain 2']);
});

test.each<ParityTechnique>(['markSpace', 'evenOdd'])(
  '%s puts exactly the ninth bits meant on the wire',
  (technique) => {
    const every = Array.from({ length: 512 }, (_, symbol) => symbol);
    const mixed = [...every, ...every.toReversed(), 0x101, 0x1f, 0x180, 0x181];
    expect(record(technique, mixed).port.heard).toEqual(mixed);
  },
);

test('no transport that switches parity ever switches over bytes that have not left', () => {
  for (const technique of ['markSpace', 'evenOdd'] as const)
    for (let byte = 0; byte < 256; byte++) {
      const { calls } = record(technique, hostSymbols([byte, 255 - byte, byte ^ 1])).port;
      calls.forEach((call, index) => {
        if (/^(mark|space|even|odd)$/.test(call)) expect(calls[index - 1] ?? 'drain').toMatch(/^drain/);
      });
    }
});
