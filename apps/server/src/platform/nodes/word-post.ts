import type { Json } from '@vakhta/kernel';

/** PostgreSQL takes 8000 bytes at once. */
const MAX_PAYLOAD_BYTES = 7900;
/** More than this waiting means that the database does not keep up: the node is better cut off than out of memory. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** Said in place of a word that is too long to be sent. */
const TOO_LONG = { is: 'tooLong' } as const;

/**
 * Words on their way to the other nodes: those that come while some are being sent go together in the next payloads, in
 * order.
 */
export class WordPost {
  readonly #send: (payloads: readonly string[]) => Promise<void>;
  readonly #onOverflow: () => void;
  #waiting: string[] = [];
  #bytes = 0;
  #sending: Promise<void> | undefined;

  constructor(send: (payloads: readonly string[]) => Promise<void>, onOverflow: () => void) {
    this.#send = send;
    this.#onOverflow = onOverflow;
  }

  put(word: Json): void {
    const text = JSON.stringify(word);
    const fits = Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES - 32;
    const written = fits ? text : JSON.stringify(TOO_LONG);
    this.#waiting.push(written);
    this.#bytes += Buffer.byteLength(written);
    if (this.#bytes > MAX_WAITING_BYTES) this.#onOverflow();
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when all that was put is sent or can not be. */
  async empty(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // What is put in the same turn goes along.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0) {
        const words = this.#waiting;
        this.#waiting = [];
        this.#bytes = 0;
        await this.#send(packWords(words));
      }
    } catch {
      // The connection is gone and the node with it; the others look into the database.
      this.#waiting = [];
    } finally {
      this.#sending = undefined;
    }
  }
}

/** Lists of words as JSON, each short enough for one payload. */
function packWords(words: readonly string[]): string[] {
  const payloads: string[] = [];
  let current: string[] = [];
  let bytes = 0;
  for (const word of words) {
    const size = Buffer.byteLength(word) + 1;
    if (current.length > 0 && bytes + size > MAX_PAYLOAD_BYTES - 32) {
      payloads.push(current.join(','));
      current = [];
      bytes = 0;
    }
    current.push(word);
    bytes += size;
  }
  if (current.length > 0) payloads.push(current.join(','));
  return payloads;
}
