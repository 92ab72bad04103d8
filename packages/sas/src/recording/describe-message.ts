import { toHex } from '../codec/hex.ts';
import { decodeRequest, decodeResponse, describe, pendingOf } from '../frames/index.ts';
import { wakeup } from '../line/index.ts';
import type { RecordedMessage } from './recording-format.ts';
import { spokenByHost } from './spoken-by-host.ts';

/** Tells what recorded messages mean, one after the other: an answer is read by what was asked. */
export class MessageTeller {
  #pending: string | undefined;

  /** One line: time, who spoke, the bytes (a star before one with the ninth bit) and what they mean. */
  tell(message: RecordedMessage): string {
    const bytes = Uint8Array.from(message.symbols, (symbol) => symbol & 0xff);
    const shown = message.symbols
      .map((symbol) => (symbol & wakeup ? '*' : '') + toHex([symbol & 0xff]))
      .join(' ');
    return `${(message.at / 1000).toFixed(4).padStart(10)} ${message.from.padEnd(7)} ${shown}  ${this.#meaning(message, bytes)}`;
  }

  #meaning(message: RecordedMessage, bytes: Uint8Array): string {
    const { symbols } = message;
    const first = symbols[0]!;
    const isHost = spokenByHost(message);
    if (!isHost && symbols.length === 1 && first & wakeup)
      return `chirp of ${first & 0x7f}: it hears no host`;
    const decoded = isHost ? decodeRequest(bytes) : decodeResponse(bytes, this.#pending);
    if (!decoded.ok) return `? ${decoded.error.problem}`;
    if (isHost) this.#pending = pendingOf(decoded.value);
    return describe(decoded.value);
  }
}
