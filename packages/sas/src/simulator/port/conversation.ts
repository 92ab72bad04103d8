import { hasGoodCrc } from '../../codec/crc.ts';
import { hexByte } from '../../codec/hex.ts';
import { decodeRequest, encodeResponse, type LongPoll, requestLength } from '../../frames/index.ts';
import { messageByByte } from '../../messages/registry.ts';
import type { Quirks } from '../quirks.ts';
import type { ExceptionQueue } from './exception-queue.ts';

/** What a machine makes of a long poll. `taken` is called when the host is known to have the answer. */
export type Answer =
  | { readonly kind: 'data'; readonly fields: Readonly<Record<string, unknown>>; readonly taken?: () => void }
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'silence' };

export interface ConversationOptions {
  readonly address: number;
  readonly queue: ExceptionQueue;
  readonly quirks: Quirks;
  /** What becomes of the third identical poll (facts 1.6; nobody knows for sure). */
  readonly thirdRepeat: 'silent' | 'answered';
  /** Works on a long poll whose CRC and fields are right; undefined when the machine does not know it. */
  readonly answer: (request: LongPoll) => Answer | undefined;
  readonly isBusy: () => boolean;
}

interface Stored {
  /** Address, command, and what else tells a repeat from a new poll. */
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly taken: () => void;
  repeats: number;
}

/** What a poll is recognised by when it is repeated: B0 counts with its denomination and base command (facts 1.6). */
const keyOf = (bytes: Uint8Array): string =>
  bytes[0]! & 0x80 ? 'GP' : bytes.subarray(1, bytes[1] === 0xb0 ? 5 : 2).join(' ');

/**
 * Facts 1.5-1.7: the talk of one port with its host. Decides what a message acknowledges, what is a repeat, and what
 * is answered; knows nothing of time or of the wire.
 */
export class Conversation {
  readonly #options: ConversationOptions;
  #stored: Stored | undefined;
  #sync: 'lost' | 'heard' | 'up' = 'lost';
  #afterOther = false;
  /** Signatures that were asked for by poll 21 and are told on a general poll. */
  #signature: string | undefined;
  rte = false;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  get isSynced(): boolean {
    return this.#sync === 'up';
  }

  /** As if the machine had been polled and had nothing outstanding. */
  assumeSynced(): void {
    this.#sync = 'up';
  }

  /** Forgets what was answered, without taking it for acknowledged (loop break, power cycle). */
  loseSync(): void {
    this.#sync = 'lost';
    this.#stored = undefined;
  }

  tellSignature(signature: string): void {
    this.#signature = signature;
  }

  /** A message from the line; gives the bytes of the answer, or undefined for silence. */
  hear(bytes: Uint8Array): Uint8Array | undefined {
    const isGeneral = (bytes[0]! & 0x80) !== 0;
    const address = bytes[0]! & 0x7f;
    if (address !== this.#options.address) {
      this.#acknowledge();
      if (this.#sync === 'lost') this.#sync = 'heard';
      this.#afterOther = true;
      if (!isGeneral && address === 0) this.#obey(bytes);
      return undefined;
    }
    const afterOther = this.#afterOther;
    this.#afterOther = false;
    if (this.#sync === 'lost') return undefined;
    this.#sync = 'up';
    if (this.#options.quirks.needsSyncBeforePoll && !afterOther) return undefined;
    const key = keyOf(bytes);
    if (this.#stored?.key === key) return this.#repeat(this.#stored);
    this.#acknowledge();
    return isGeneral ? this.#generalPoll() : this.#longPoll(bytes, key);
  }

  #acknowledge(): void {
    this.#stored?.taken();
    this.#stored = undefined;
  }

  #repeat(stored: Stored): Uint8Array | undefined {
    stored.repeats++;
    if (stored.repeats < 2 || this.#options.thirdRepeat === 'answered') return stored.bytes;
    this.#stored = undefined;
    return undefined;
  }

  #keep(key: string, bytes: Uint8Array, taken: () => void = () => {}): Uint8Array {
    this.#stored = { key, bytes, taken, repeats: 0 };
    return bytes;
  }

  #generalPoll(): Uint8Array | undefined {
    const { queue, address, quirks } = this.#options;
    if (this.#signature !== undefined) return this.#tellSignature('GP');
    const next = queue.next(this.rte);
    if (next) {
      const bytes = this.rte
        ? this.#event(next.code, next.data)
        : encodeResponse({ message: 'exception', exception: next.code });
      return this.#keep('GP', bytes, next.taken);
    }
    if (!this.rte) return encodeResponse({ message: 'exception', exception: quirks.idleException });
    if (quirks.silentWhenIdle) return undefined;
    return encodeResponse({ message: 'event', address, event: '00', crcOk: true });
  }

  #event(code: string, data: Readonly<Record<string, unknown>> = {}): Uint8Array {
    const { address, quirks } = this.#options;
    const carried = quirks.bareEvents.includes(code) ? {} : data;
    return encodeResponse({ ...carried, message: 'event', address, event: code, crcOk: true });
  }

  #tellSignature(key: string): Uint8Array {
    const signature = this.#signature!;
    const bytes = encodeResponse({
      message: 'romSignature',
      address: this.#options.address,
      crcOk: true,
      signature,
    });
    return this.#keep(key, bytes, () => {
      this.#signature = undefined;
    });
  }

  #longPoll(bytes: Uint8Array, key: string): Uint8Array | undefined {
    const { address, queue, quirks } = this.#options;
    if (this.#options.isBusy()) return encodeResponse({ message: 'busy', address });
    const declared = messageByByte(bytes[1]!);
    if (!declared || quirks.ignored.includes(declared.code)) return undefined;
    const length = requestLength(bytes);
    if (length !== undefined && length !== bytes.length) return undefined;
    const nack = () => encodeResponse({ message: 'nack', address });
    if (declared.type !== 'R' && !hasGoodCrc(bytes)) return nack();
    if (this.rte) {
      if (this.#signature !== undefined) return this.#tellSignature(key);
      const next = queue.next(true);
      if (next) return this.#keep(key, this.#event(next.code, next.data), next.taken);
    }
    const request = decodeRequest(bytes);
    if (!request.ok) return nack();
    const answer = this.#options.answer(request.value as LongPoll);
    if (!answer || answer.kind === 'silence') return undefined;
    if (answer.kind === 'nack') return nack();
    if (answer.kind === 'busy') return encodeResponse({ message: 'busy', address });
    if (answer.kind !== 'data') return this.#keep(key, encodeResponse({ message: 'ack', address }));
    const data = {
      ...answer.fields,
      message: 'data',
      address,
      command: hexByte(bytes[1]!),
      crcOk: true,
    } as const;
    return this.#keep(key, encodeResponse(data), answer.taken);
  }

  /** A broadcast is executed when its CRC is right and its command allows it, and never answered. */
  #obey(bytes: Uint8Array): void {
    if (!messageByByte(bytes[1]!)?.broadcast || !hasGoodCrc(bytes)) return;
    const request = decodeRequest(bytes);
    if (request.ok) this.#options.answer(request.value as LongPoll);
  }
}
