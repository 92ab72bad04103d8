import type { Parity } from '../../line/parity.ts';
import type { PortSettings } from './port.ts';

/**
 * `struct termios` of the Linux kernel, as TCGETS and TCSETS take it: four words of flags, the line discipline,
 * nineteen control characters. The numbers are those of asm-generic: x86, ARM and RISC-V, 32 and 64 bits.
 */
export const termiosSize = 36;
const offsets = { input: 0, output: 4, control: 8, local: 12, characters: 17 } as const;
const minimum = 6;
const timeout = 5;

const input = { ignoreBreak: 0x1, markParity: 0x8, checkParity: 0x10 } as const;
const control = {
  eightBits: 0x30,
  read: 0x80,
  parity: 0x100,
  odd: 0x200,
  noModem: 0x800,
  stick: 0x4000_0000,
} as const;
const bauds = { 19200: 0x0e, 921600: 0x1007 } as const;
const parityFlags: Readonly<Record<Parity, number>> = {
  mark: control.parity | control.stick | control.odd,
  space: control.parity | control.stick,
  odd: control.parity | control.odd,
  even: control.parity,
};
const everyParityFlag = control.parity | control.stick | control.odd;

/** A raw port at `settings`: bytes whose ninth bit is not the expected one come marked, breaks not at all. */
export function rawTermios({ baud, parity }: PortSettings): Uint8Array {
  const bytes = new Uint8Array(termiosSize);
  const view = new DataView(bytes.buffer);
  const checked = parity === undefined ? 0 : input.checkParity | input.markParity;
  view.setUint32(offsets.input, input.ignoreBreak | checked, true);
  view.setUint32(offsets.control, bauds[baud] | control.eightBits | control.read | control.noModem, true);
  bytes[offsets.characters + minimum] = 0;
  bytes[offsets.characters + timeout] = 0;
  return parity === undefined ? bytes : withParity(bytes, parity);
}

/** The same settings with another parity. CMSPAR is cleared where it does not belong: odd with it would be MARK. */
export function withParity(termios: Uint8Array, parity: Parity): Uint8Array {
  const bytes = Uint8Array.from(termios);
  const view = new DataView(bytes.buffer);
  const flags = view.getUint32(offsets.control, true);
  view.setUint32(offsets.control, ((flags & ~everyParityFlag) | parityFlags[parity]) >>> 0, true);
  return bytes;
}

/** Says whether a driver kept the parity it was given; one that cannot takes the flag away again without a word. */
export function keepsParity(termios: Uint8Array, parity: Parity): boolean {
  const view = new DataView(termios.buffer, termios.byteOffset);
  return (view.getUint32(offsets.control, true) & everyParityFlag) >>> 0 === parityFlags[parity];
}
