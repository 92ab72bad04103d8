import type { Duration } from '@vakhta/kernel';
import { ninthBit, type Parity } from '../../line/parity.ts';
import { ParmrkDecoder } from '../../line/parmrk.ts';
import { type LineSymbol, symbolTime } from '../../line/symbols.ts';
import type { Coding, SendTimes } from './coding.ts';
import type { Port } from './port.ts';

/**
 * How an ordinary UART is brought to send a ninth bit of our choice (facts 2.1): by MARK for 1 and SPACE for 0; by
 * EVEN or ODD, whichever gives the bit wanted for this byte; or by EVEN, never switched, which takes what comes.
 */
export type ParityTechnique = 'markSpace' | 'evenOdd' | 'fixedEven';

/** What the port is left at between messages. SPACE makes a byte of the machine an ordinary one, a chirp a marked one. */
const resting: Readonly<Record<ParityTechnique, Parity>> = {
  markSpace: 'space',
  evenOdd: 'even',
  fixedEven: 'even',
};

/** Bytes that go out under one parity. */
interface Run {
  readonly parity: Parity;
  readonly bytes: number[];
}

/**
 * Sends by switching parity, in the order a 16550 and a USB adapter need: write, drain, switch. A byte still in the
 * FIFO would go out under the new parity, and a switch is not ordered with the data behind it.
 */
export class ParityCoding implements Coding {
  readonly settings;
  readonly atLinePace = true;
  readonly #technique: ParityTechnique;
  readonly #decoder = new ParmrkDecoder();
  #parity: Parity;

  constructor(technique: ParityTechnique) {
    this.#technique = technique;
    this.#parity = resting[technique];
    this.#decoder.expected = this.#parity;
    this.settings = { baud: 19_200, parity: this.#parity } as const;
  }

  send(port: Port, symbols: readonly LineSymbol[]): SendTimes {
    let end: Duration = port.now();
    let firstLeft: Duration | undefined;
    let gap: Duration | undefined;
    let waiting = 0;
    const drain = () => {
      port.drain(waiting);
      waiting = 0;
      end = port.now();
    };
    for (const run of this.#runs(symbols)) {
      if (run.parity !== this.#parity) {
        if (waiting > 0) drain();
        this.#switchTo(port, run.parity);
      }
      const writtenAt = port.now();
      // The last bit of a first byte left one symbol after it was written, or later: this is the gap at most.
      if (firstLeft !== undefined && gap === undefined) gap = Math.max(0, writtenAt - firstLeft);
      port.write(Uint8Array.from(run.bytes));
      if (firstLeft === undefined) {
        firstLeft = writtenAt + symbolTime;
        if (run.bytes.length > 1) gap = 0;
      }
      waiting += run.bytes.length;
    }
    if (waiting > 0) drain();
    if (this.#parity !== resting[this.#technique]) this.#switchTo(port, resting[this.#technique]);
    return { end, gap };
  }

  decode(bytes: Uint8Array): LineSymbol[] {
    return this.#decoder.decode(bytes);
  }

  #switchTo(port: Port, parity: Parity): void {
    port.setParity(parity);
    this.#parity = parity;
    this.#decoder.expected = parity;
  }

  #runs(symbols: readonly LineSymbol[]): Run[] {
    const runs: Run[] = [];
    for (const symbol of symbols) {
      const byte = symbol & 0xff;
      const parity = parityFor(this.#technique, byte, (symbol >> 8) as 0 | 1);
      const last = runs.at(-1);
      if (last?.parity === parity) last.bytes.push(byte);
      else runs.push({ parity, bytes: [byte] });
    }
    return runs;
  }
}

function parityFor(technique: ParityTechnique, byte: number, ninth: 0 | 1): Parity {
  if (technique === 'fixedEven') return 'even';
  if (technique === 'markSpace') return ninth ? 'mark' : 'space';
  return ninthBit('even', byte) === ninth ? 'even' : 'odd';
}
