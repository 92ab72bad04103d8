import { toHex } from '../codec/hex.ts';

/** Bytes that are no message of the protocol; everyday on a line, so a value. */
export interface Malformed {
  readonly code: 'sas.malformed';
  readonly problem: string;
  readonly hex: string;
}

export const malformed = (bytes: Uint8Array, problem: string) =>
  ({ ok: false, error: { code: 'sas.malformed', problem, hex: toHex(bytes) } }) as const;
