import type { Clock, Duration } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import { toHex } from '../../codec/hex.ts';
import {
  decodeResponse,
  type EventAnswer,
  encodeRequest,
  longPollTo,
  type Pending,
  type Response,
  type RomSignature,
} from '../../frames/index.ts';
import { messages } from '../../messages/index.ts';
import { PollQueue, type QueuedPoll } from '../polls/poll-queue.ts';
import { fits, mostTries } from './answers.ts';
import { ToldOnce } from './told-once.ts';
import type { Heard } from './wire.ts';

/** Something a machine told on its own: by exception or by real-time event. */
export interface Told {
  readonly code: string;
  readonly data: Fields;
  readonly realTime: boolean;
  /** Monotonic time of its last bit. */
  readonly at: Duration;
}

export interface MachineLinkOptions {
  readonly address: number;
  readonly clock: Clock;
  /** From one general poll to the next. */
  readonly interval: Duration;
  /** `80` before every poll, for machines that want it; costs the implied NACK (facts 1.6). */
  readonly syncBeforePoll: boolean;
  readonly onTold: (told: Told) => void;
  readonly onSignature: (signature: RomSignature) => void;
  readonly onUp: () => void;
  readonly onDown: () => void;
}

/** One thing for the line to do for a machine. */
export interface NextPoll {
  readonly bytes: Uint8Array;
  readonly pending: Pending;
  /** `80` is to go before it. */
  readonly syncFirst: boolean;
}

type Current = { readonly kind: 'general' } | { readonly kind: 'long'; readonly poll: QueuedPoll };

interface Retry {
  readonly current: Current;
  attempts: number;
  damaged: boolean;
  at: Duration;
}

/** After so many polls in a row without any answer the machine is taken as lost. */
const lostAfter = 12;
const downInterval: Duration = 1000;
const refusalsAllowed = 2;
const busyPause: Duration = 200;

/**
 * The host's side of the talk with one machine (facts 1.5-1.9). Decides what is polled next, and what is known of
 * what the machine has heard: nothing identical goes out twice unless it is a retry, and an exception counts as told
 * once until something proves that its acknowledgement arrived.
 */
export class MachineLink {
  readonly queue = new PollQueue();
  readonly #options: MachineLinkOptions;
  readonly #general: Uint8Array;
  interval: Duration;
  #isUp = false;
  #needsSync = true;
  #failures = 0;
  #retry: Retry | undefined;
  #last: 'GP' | string | undefined;
  #generalDueAt: Duration;
  readonly #told = new ToldOnce();
  /** A command that went unanswered last: the same again would be its repeat. */
  #avoid: string | undefined;
  #current: Current | undefined;
  readonly counts = { polls: 0, retries: 0, damaged: 0, silent: 0, repeats: 0, resyncs: 0 };

  constructor(options: MachineLinkOptions) {
    this.#options = options;
    this.interval = options.interval;
    this.#general = encodeRequest({ message: 'generalPoll', address: options.address });
    this.#generalDueAt = options.clock.monotonic();
  }

  get address(): number {
    return this.#options.address;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Nothing else may be heard on the line before the next poll of this machine: it would acknowledge. */
  get holdsLine(): boolean {
    return this.#isUp && (this.#retry !== undefined || this.#told.isOpen);
  }

  /** When this machine wants the line next. */
  dueAt(): Duration {
    if (this.#retry) return this.#retry.at;
    if (this.#isUp && this.#last === 'GP') {
      if (this.#told.isOpen) return 0;
      const readyAt = this.queue.readyAt();
      if (readyAt !== undefined) return Math.min(readyAt, this.#generalDueAt);
    }
    return this.#generalDueAt;
  }

  /** What to send now. */
  next(): NextPoll {
    const now = this.#options.clock.monotonic();
    const current = this.#retry?.current ?? this.#choose(now);
    this.#current = current;
    this.counts.polls++;
    const isRetry = this.#retry !== undefined && this.#retry.attempts > 0;
    const syncFirst = this.#needsSync || (this.#options.syncBeforePoll && !isRetry);
    if (this.#needsSync) this.counts.resyncs++;
    this.#needsSync = false;
    if (current.kind === 'general') return { bytes: this.#general, pending: 'GP', syncFirst };
    current.poll.sent++;
    return { bytes: current.poll.bytes, pending: current.poll.command, syncFirst };
  }

  #choose(now: Duration): Current {
    if (this.#isUp && this.#last === 'GP') {
      const poll = this.queue.take(now, this.#avoid);
      if (poll) return { kind: 'long', poll };
      if (this.#told.isOpen) return { kind: 'long', poll: this.#confirmPoll() };
    }
    this.#generalDueAt += this.interval;
    if (this.#generalDueAt <= now) this.#generalDueAt = now + this.interval;
    if (!this.#isUp) this.#generalDueAt = now + Math.max(this.interval, downInterval);
    return { kind: 'general' };
  }

  /** A harmless poll, whose answer proves that the exception before it is acknowledged. */
  #confirmPoll(): QueuedPoll {
    const name = this.#avoid === messages.currentCredits.code ? 'meters11to15' : 'currentCredits';
    return {
      bytes: encodeRequest(longPollTo(this.address, name, {})),
      command: messages[name].code,
      priority: 'confirm',
      deadline: Number.POSITIVE_INFINITY,
      order: 0,
      notBefore: 0,
      sent: 0,
      refusals: 0,
      done: () => {},
    };
  }

  /** What came back to the last `next`. */
  heard(heard: Heard): void {
    const current = this.#current!;
    this.#current = undefined;
    const pending = current.kind === 'general' ? 'GP' : current.poll.command;
    const response = heard.kind === 'message' ? decodeResponse(heard.bytes, pending) : undefined;
    if (heard.kind !== 'message' || !response?.ok || !fits(response.value, this.address, pending)) {
      // Bytes of any kind in answer to a long poll: the machine heard it, so what was told before is acknowledged.
      if (current.kind === 'long' && heard.kind !== 'silence') this.#told.heard(pending);
      this.#failed(current, heard.kind !== 'silence');
      return;
    }
    this.#retry = undefined;
    this.#failures = 0;
    this.#last = pending;
    this.#avoid = undefined;
    if (!this.#isUp) {
      this.#isUp = true;
      this.#options.onUp();
    }
    const { at, bytes } = heard;
    this.#told.heard(pending);
    if (current.kind === 'general') this.#onGeneral(response.value, toHex(bytes), at);
    else this.#onLong(current.poll, response.value, toHex(bytes), at);
  }

  #onGeneral(response: Response, hex: string, at: Duration): void {
    if (response.message === 'exception') {
      const { exception: code } = response;
      if (code === '00' || code === '1F') this.#told.settle();
      else this.#tell({ code, data: {}, realTime: false, at }, hex, 'GP');
    } else this.#onUnasked(response, hex, 'GP', at);
  }

  #onUnasked(response: Response, hex: string, asked: string, at: Duration): void {
    if (response.message === 'event') {
      if (response.event === '00') this.#told.settle();
      else this.#tell({ code: response.event, data: dataOf(response), realTime: true, at }, hex, asked);
    } else if (response.message === 'romSignature' && this.#told.isNew(hex, asked))
      this.#options.onSignature(response);
  }

  #tell(told: Told, hex: string, asked: string): void {
    if (this.#told.isNew(hex, asked)) this.#options.onTold(told);
    else this.counts.repeats++;
  }

  #onLong(poll: QueuedPoll, response: Response, hex: string, at: Duration): void {
    switch (response.message) {
      case 'data': {
        const { message: _, address: __, command: ___, crcOk: ____, ...fields } = response;
        poll.done({ ok: true, kind: 'data', fields });
        break;
      }
      case 'ack':
        poll.done({ ok: true, kind: 'ack' });
        break;
      case 'busy':
        poll.notBefore = this.#options.clock.monotonic() + busyPause;
        this.queue.put(poll);
        break;
      case 'nack':
        poll.refusals++;
        // The refusal may be of a damaged request: only one that stays is the machine's word.
        if (poll.refusals > refusalsAllowed) poll.done(failure('sas.refused', poll));
        else this.queue.put(poll);
        break;
      case 'event':
      case 'romSignature':
        // It went before the answer (facts 1.7): the poll has to be sent again, after something else.
        this.queue.put(poll);
        this.#onUnasked(response, hex, poll.command, at);
        break;
      case 'exception':
        break;
    }
  }

  #failed(current: Current, damaged: boolean): void {
    this.counts[damaged ? 'damaged' : 'silent']++;
    this.#failures = damaged ? 0 : this.#failures + 1;
    const retry = this.#retry ?? { current, attempts: 0, damaged: false, at: 0 };
    retry.attempts++;
    retry.damaged ||= damaged;
    const command =
      current.kind === 'general' || current.poll.priority === 'confirm' ? 'GP' : current.poll.command;
    const most = this.#isUp ? mostTries(command, retry.damaged) : 1;
    if (retry.attempts < most) {
      this.counts.retries++;
      retry.at = this.#options.clock.monotonic() + this.interval;
      this.#retry = retry;
      return;
    }
    this.#giveUp(current, retry);
  }

  #giveUp(current: Current, retry: Retry): void {
    this.#retry = undefined;
    if (current.kind === 'long') {
      // Silent where the machine answers others: it does not know this poll. What was told before it still has to be
      // proven acknowledged, so the next is a poll again, not a general poll.
      this.#last = current.poll.priority === 'confirm' || retry.damaged ? current.poll.command : 'GP';
      if (!this.#told.isOpen) this.#last = current.poll.command;
      this.#avoid = current.poll.command;
      if (current.poll.priority === 'confirm') this.#needsSync = true;
      current.poll.done(failure(retry.damaged ? 'sas.damaged' : 'sas.silent', current.poll));
    } else {
      this.#last = undefined;
      this.#needsSync = true;
    }
    if (this.#isUp && this.#failures >= lostAfter) this.#goDown();
  }

  /** The host stops: a poll that waits for its retry is told. */
  end(): void {
    const retry = this.#retry;
    this.#retry = undefined;
    if (retry?.current.kind === 'long')
      retry.current.poll.done({ ok: false, error: { code: 'sas.stopped', sent: retry.current.poll.sent } });
  }

  #goDown(): void {
    this.#isUp = false;
    this.#needsSync = true;
    this.#last = undefined;
    this.queue.end('sas.down');
    this.#options.onDown();
  }
}

const dataOf = ({ message: _, address: __, event: ___, crcOk: ____, ...data }: EventAnswer): Fields => data;

const failure = (code: 'sas.silent' | 'sas.damaged' | 'sas.refused', poll: QueuedPoll) =>
  ({ ok: false, error: { code, sent: poll.sent } }) as const;
