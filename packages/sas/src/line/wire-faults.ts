import { integerBetween, type Random } from '@vakhta/kernel';
import type { WireFault } from './memory-line.ts';
import { wakeup } from './symbols.ts';

/** How often, 0..1, each thing happens to a message. */
export interface WireFaultRates {
  /** One of its data bits is turned over. */
  readonly flippedBit?: number;
  /** One of its ninth bits is turned over. */
  readonly flippedNinth?: number;
  /** One of its symbols is lost. */
  readonly lostSymbol?: number;
  /** All of it is lost. */
  readonly lostMessage?: number;
  /** One to four symbols from nowhere follow it. */
  readonly garbage?: number;
}

/** Faults by chance, each judged for itself. `onFault` is told what was done, so that a test can count. */
export function randomFault(
  random: Random,
  rates: WireFaultRates,
  onFault: (kind: keyof WireFaultRates) => void = () => {},
): WireFault {
  const strikes = (kind: keyof WireFaultRates): boolean => {
    const rate = rates[kind] ?? 0;
    if (rate === 0 || random.float() >= rate) return false;
    onFault(kind);
    return true;
  };
  return (symbols) => {
    if (symbols.length === 0) return symbols;
    const arriving: (number | undefined)[] = [...symbols];
    const place = () => integerBetween(random, 0, symbols.length - 1);
    if (strikes('flippedBit')) arriving[place()]! ^= 1 << integerBetween(random, 0, 7);
    if (strikes('flippedNinth')) arriving[place()]! ^= wakeup;
    if (strikes('lostSymbol')) arriving[place()] = undefined;
    if (strikes('lostMessage')) arriving.fill(undefined);
    if (strikes('garbage'))
      for (let n = integerBetween(random, 1, 4); n > 0; n--) arriving.push(integerBetween(random, 0, 255));
    return arriving;
  };
}
