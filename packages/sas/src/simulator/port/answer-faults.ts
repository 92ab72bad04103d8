import type { Duration } from '@vakhta/kernel';
import { type LineSymbol, machineSymbols, wakeup } from '../../line/index.ts';

/** Facts 10.7: what can be wrong with one answer. */
export const answerFaults = [
  'flippedCrc',
  'lostByte',
  'ninthBitSet',
  'late',
  'gapInside',
  'busy',
  'nack',
  'silence',
  'twice',
  'garbageBefore',
] as const;

export type AnswerFault = (typeof answerFaults)[number];

/** Something to put on the line, so long after the answer was ready. */
export interface Emission {
  readonly after: Duration;
  readonly symbols: readonly LineSymbol[];
}

/** The answer as it leaves a machine with that fault. `toGeneralPoll`: those are never busy or refused. */
export function emissions(
  bytes: Uint8Array,
  fault: AnswerFault | undefined,
  address: number,
  toGeneralPoll: boolean,
): Emission[] {
  const plain = machineSymbols(bytes);
  const now = (symbols: readonly LineSymbol[]): Emission => ({ after: 0, symbols });
  switch (fault) {
    case undefined:
      return [now(plain)];
    case 'flippedCrc':
      return [now(plain.map((symbol, index) => (index === plain.length - 1 ? symbol ^ 0x5a : symbol)))];
    case 'lostByte':
      return [now(plain.filter((_, index) => index !== Math.floor(plain.length / 2)))];
    case 'ninthBitSet':
      return [now(plain.map((symbol, index) => (index === 0 ? symbol | wakeup : symbol)))];
    case 'late':
      return [{ after: 35, symbols: plain }];
    case 'gapInside': {
      const half = Math.ceil(plain.length / 2);
      return [now(plain.slice(0, half)), { after: 15, symbols: plain.slice(half) }];
    }
    case 'busy':
      return [now(toGeneralPoll ? plain : [address, 0])];
    case 'nack':
      return [now(toGeneralPoll ? plain : [address | 0x80])];
    case 'silence':
      return [];
    case 'twice':
      return [now([...plain, ...plain])];
    case 'garbageBefore':
      return [now([0x7e, 0xee, ...plain])];
  }
}
