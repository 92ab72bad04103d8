import { evenParityBit } from './parity.ts';
import { type LineSymbol, wakeup } from './symbols.ts';

/** Says whether a port that is never switched from 8-E-1 puts a message on the wire with the ninth bits meant. */
export const fitsEvenParity = (symbols: readonly LineSymbol[]): boolean =>
  symbols.every((symbol) => evenParityBit(symbol & 0xff) === (symbol & wakeup ? 1 : 0));

/** What the fixed even-parity fallback can say to one machine. */
export interface EvenParityLimits {
  readonly generalPoll: boolean;
  /** The address byte of long polls goes out with the wakeup bit. */
  readonly longPolls: boolean;
  /** Of the commands asked about, those whose own byte goes out as a wakeup: a strict machine starts over there. */
  readonly unsendable: readonly number[];
}

/**
 * Commands with data depend on every byte of the data and the CRC too, so of `sendable` ones only those without
 * data are sure; each message is judged again by `fitsEvenParity` when it is sent.
 */
export function evenParityLimits(address: number, commands: readonly number[]): EvenParityLimits {
  const longPolls = fitsEvenParity([wakeup | address]);
  return {
    generalPoll: fitsEvenParity([wakeup | 0x80 | address]),
    longPolls,
    unsendable: longPolls ? commands.filter((command) => !fitsEvenParity([command])) : commands,
  };
}

/** Those limits in words, for the log at the start. */
export function evenParityWarning(address: number, limits: EvenParityLimits): string {
  const hex = (code: number) => code.toString(16).toUpperCase().padStart(2, '0');
  const parts = [
    'fixed even parity: the ninth bit is whatever the parity of a byte makes of it.',
    limits.generalPoll
      ? ''
      : `General polls to address ${address} are sent without the wakeup bit: no events from this machine.`,
    limits.longPolls ? '' : `No long poll to address ${address} is sent with the wakeup bit.`,
    limits.longPolls && limits.unsendable.length > 0
      ? `These commands go out with a second wakeup bit: ${limits.unsendable.map(hex).join(' ')}.`
      : '',
    'Commands with data depend on their bytes, each message is judged when it is sent.',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
