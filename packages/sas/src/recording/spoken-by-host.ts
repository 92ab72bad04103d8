import { wakeup } from '../line/index.ts';
import type { RecordedMessage } from './recording-format.ts';

/**
 * Whether a message is the host's. On a wire that carries both, the wakeup bit tells; a chirp of a machine has it
 * too, but is one byte below 80, and no message of a host is that.
 */
export const spokenByHost = ({ from, symbols }: RecordedMessage): boolean =>
  from === 'host' ||
  (from === 'wire' && (symbols[0]! & wakeup) !== 0 && (symbols.length > 1 || (symbols[0]! & 0x80) !== 0));
