import type { Duration } from '@vakhta/kernel';
import { toHex } from '../../codec/hex.ts';
import { decodeResponse, encodeRequest, type Response } from '../../frames/index.ts';
import { messages } from '../../messages/index.ts';
import { PollQueue, type QueuedPoll } from '../polls/poll-queue.ts';
import { fieldsOf, fits, mostTries } from './answers.ts';
import { type Asking, ownPoll, pollOf } from './asking.ts';
import { DoubtedException } from './doubted-exception.ts';
import { type HeldPoll, Hold } from './hold.ts';
import { LostThread } from './lost-thread.ts';
import type { MachineLinkOptions, NextPoll, Told } from './machine-link-options.ts';
import { ToldOnce } from './told-once.ts';
import type { Heard } from './wire.ts';

type Current =
  | Asking
  /** Said again while something is being kept. */
  | { readonly kind: 'held'; readonly hold: Hold };

interface Retry {
  readonly current: Asking;
  attempts: number;
  damaged: boolean;
  at: Duration;
}

/** After so many polls in a row without any answer the machine is taken as lost. */
const lostAfter = 12;
const downInterval: Duration = 1000;
const refusalsAllowed = 2;
const busyPause: Duration = 200;
/** How often a machine is asked for what an earlier process may have left: it may be silent to the third repeat. */
const openingTries = 3;
/** So long a new process listens for a chirp first: it says that the machine has lost the thread. */
const listening: Duration = 250;

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
  readonly #doubted = new DoubtedException();
  /** A command that went unanswered last: the same again would be its repeat. */
  #avoid: string | undefined;
  #current: Current | undefined;
  #hold: Hold | undefined;
  #answered: HeldPoll | undefined;
  readonly #thread: LostThread;
  /** The poll under way went without `80`, to carry on where the thread may not be lost. */
  #isCarryingOn = false;
  #wasUp = false;
  /** What was told last, and is not proven acknowledged, when the thread was lost for good. */
  #lastTold: string | undefined;
  readonly counts = { polls: 0, retries: 0, damaged: 0, silent: 0, repeats: 0, resyncs: 0 };

  constructor(options: MachineLinkOptions) {
    this.#options = options;
    this.interval = options.interval;
    this.#general = encodeRequest({ message: 'generalPoll', address: options.address });
    this.#generalDueAt = options.clock.monotonic() + (options.firstPoll ? listening : 0);
    this.#thread = new LostThread(options.clock, options.firstPoll !== undefined);
    this.#thread.lose(openingTries);
  }

  get address(): number {
    return this.#options.address;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Nothing else may be heard on the line before the next poll of this machine: it would acknowledge. */
  get holdsLine(): boolean {
    return (
      this.#hold !== undefined ||
      (this.#isUp && (this.#retry !== undefined || this.#told.isOpen || this.#doubted.isOpen))
    );
  }

  /** When this machine wants the line next. */
  dueAt(): Duration {
    if (this.#hold) return this.#hold.dueAt(this.interval);
    if (this.#retry) return this.#retry.at;
    if (this.#doubted.isOpen) return 0;
    const syncAt = this.#thread.dueAt();
    if (syncAt !== undefined) return syncAt;
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
    this.counts.polls++;
    if (this.#hold) {
      this.#current = { kind: 'held', hold: this.#hold };
      return { ...this.#hold.ask(), syncFirst: false };
    }
    if (!this.#retry) this.#isCarryingOn = this.#thread.takeTry();
    const current = this.#retry?.current ?? (this.#isCarryingOn ? this.#carryOn(now) : this.#choose(now));
    this.#current = current;
    if (current.kind === 'long') current.poll.sent++;
    const isSync = this.#needsSync && !this.#isCarryingOn;
    if (isSync && this.#thread.isLost) this.#lastTold = this.#told.takeOpen() ?? this.#lastTold;
    this.#thread.said(isSync);
    if (this.#isCarryingOn) return { ...pollOf(current, this.#general), syncFirst: false };
    const isRetry = this.#retry !== undefined && this.#retry.attempts > 0;
    const syncFirst = this.#needsSync || (this.#options.syncBeforePoll && !isRetry);
    if (this.#needsSync) this.counts.resyncs++;
    this.#needsSync = false;
    const repeated = current.kind === 'general' ? this.#doubted.byte : undefined;
    return { ...pollOf(current, this.#general), syncFirst, repeated };
  }

  /** The machine chirps: it hears no host. */
  chirped(): void {
    this.#thread.chirped();
    this.#options.onDue?.();
  }

  #carryOn(now: Duration): Asking {
    this.#generalDueAt = now + this.interval;
    // What was told is kept: a long poll acknowledges it, and its answer proves so.
    if (this.#told.isOpen) return { kind: 'long', poll: this.#confirmPoll() };
    const first = this.#options.firstPoll!;
    if (this.#wasUp || first.poll === 'generalPoll') return { kind: 'general' };
    const done: QueuedPoll['done'] = (outcome) => {
      if (outcome.ok && outcome.kind === 'data')
        this.#holdFor(first.onAnswer?.(outcome.fields, outcome.frame), outcome.frame);
    };
    return { kind: 'long', poll: ownPoll(this.address, first.poll, 'conversation', done) };
  }

  #choose(now: Duration): Asking {
    if (this.#doubted.isOpen) return { kind: 'general' };
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
    return ownPoll(this.address, name, 'confirm', () => {});
  }

  /** What came back to the last `next`. */
  heard(heard: Heard): void {
    const current = this.#current!;
    this.#current = undefined;
    if (current.kind === 'held') {
      this.#heardHeld(current.hold, heard);
      return;
    }
    const pending = current.kind === 'general' ? 'GP' : current.poll.command;
    const response = heard.kind === 'message' ? decodeResponse(heard.bytes, pending) : undefined;
    if (heard.kind !== 'message' || !response?.ok || !fits(response.value, this.address, pending)) {
      // Bytes of any kind in answer to a long poll: the machine heard it, so what was told before is acknowledged.
      // Unless they are what was told before: then the machine heard another general poll.
      const isRepeat = heard.kind !== 'silence' && this.#told.isRepeat(toHex(heard.bytes));
      if (current.kind === 'long' && heard.kind !== 'silence' && !isRepeat)
        this.#asReceived(current, '', () => this.#told.heard(pending));
      this.#failed(current, heard.kind !== 'silence');
      return;
    }
    this.#retry = undefined;
    this.#failures = 0;
    this.#last = pending;
    this.#avoid = undefined;
    const { at, bytes } = heard;
    const hex = toHex(bytes);
    this.#answered = pollOf(current, this.#general);
    this.#thread.found();
    if (this.#isCarryingOn) this.#needsSync = false;
    if (!this.#isUp) {
      this.#isUp = true;
      this.#wasUp = true;
      this.#options.onUp(this.#isCarryingOn);
    }
    this.#asReceived(current, hex, () => this.#told.heard(pending));
    if (current.kind === 'general') this.#onGeneral(response.value, hex, at);
    else this.#onLong(current.poll, response.value, hex, at);
  }

  /** While something is being kept, answers say only whether the machine is there and still tells the same. */
  #heardHeld(hold: Hold, heard: Heard): void {
    const isSilent = heard.kind === 'silence';
    this.#failures = isSilent ? this.#failures + 1 : 0;
    hold.heard(heard.kind === 'message' ? toHex(heard.bytes) : undefined);
    if (this.#isUp && this.#failures >= lostAfter) this.#goDown();
    this.#endHold(hold);
  }

  /** Holds the machine at what it said to the poll just answered, until `kept` has resolved. */
  #holdFor(kept: Promise<void> | undefined, hex: string): void {
    if (!kept) return;
    this.#hold ??= new Hold(this.#answered!, hex, this.#options.clock);
    const hold = this.#hold;
    hold.waitFor(kept, () => {
      this.#endHold(hold);
      this.#options.onDue?.();
    });
  }

  #endHold(hold: Hold): void {
    if (this.#hold !== hold || !hold.isOver) return;
    this.#hold = undefined;
    // What the machine would say now is not known: the next poll has to be one that acknowledges nothing.
    if (!hold.isAtSame) {
      this.#last = undefined;
      this.#generalDueAt = this.#options.clock.monotonic();
    }
  }

  #asReceived(current: Asking, hex: string, change: () => void): void {
    const wasOpen = this.#told.isOpen;
    change();
    if (!wasOpen || this.#told.isOpen) return;
    this.#answered = pollOf(current, this.#general);
    this.#holdFor(this.#options.onReceived?.(), hex);
  }

  #onGeneral(response: Response, hex: string, at: Duration): void {
    if (response.message === 'exception') {
      const { exception: code } = response;
      const isNothing = code === '00' || code === '1F';
      const plain = isNothing ? [] : [code];
      const certain = this.#options.verifyExceptions ? this.#doubted.hear(code, isNothing) : plain;
      if (isNothing) this.#lastTold = undefined;
      if (isNothing) this.#asReceived({ kind: 'general' }, hex, () => this.#told.settle());
      for (const one of certain) this.#tell({ code: one, data: {}, realTime: false, at }, one, 'GP');
    } else this.#onUnasked(response, hex, 'GP', at);
  }

  #onUnasked(response: Response, hex: string, asked: string, at: Duration): void {
    if (response.message === 'event') {
      if (response.event === '00') this.#asReceived({ kind: 'general' }, hex, () => this.#told.settle());
      else this.#tell({ code: response.event, data: fieldsOf(response), realTime: true, at }, hex, asked);
    } else if (response.message === 'romSignature' && this.#told.isNew(hex, asked))
      this.#options.onSignature(response);
  }

  #tell(told: Omit<Told, 'maybeRepeated'>, hex: string, asked: string): void {
    // Told before the thread was lost: whether the machine heard that it was received nobody knows.
    const maybeRepeated = this.#lastTold === hex;
    this.#lastTold = undefined;
    if (this.#told.isNew(hex, asked)) this.#holdFor(this.#options.onTold({ ...told, maybeRepeated }), hex);
    else this.counts.repeats++;
  }

  #onLong(poll: QueuedPoll, response: Response, hex: string, at: Duration): void {
    switch (response.message) {
      case 'data': {
        const fields = fieldsOf(response);
        this.#holdFor(poll.keep?.(fields, hex), hex);
        poll.done({ ok: true, kind: 'data', fields, frame: hex });
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

  #failed(current: Asking, damaged: boolean): void {
    if (current.kind === 'general') this.#doubted.shake();
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

  #giveUp(current: Asking, retry: Retry): void {
    this.#retry = undefined;
    if (current.kind === 'long') {
      // Silent where the machine answers others: it does not know this poll. What was told before it still has to be
      // proven acknowledged, so the next is a poll again, not a general poll.
      const isConfirm = current.poll.priority === 'confirm';
      this.#last = (isConfirm && !this.#thread.isCareful) || retry.damaged ? current.poll.command : 'GP';
      if (!this.#told.isOpen) this.#last = current.poll.command;
      this.#avoid = current.poll.command;
      if (isConfirm && !this.#thread.isCareful) this.#needsSync = true;
      current.poll.done(failure(retry.damaged ? 'sas.damaged' : 'sas.silent', current.poll));
    } else {
      this.#last = undefined;
      this.#needsSync = true;
      this.#doubted.drop();
      // While it counts as up, one try is as many polls as a retry takes: after the second it counts as lost.
      if (!this.#isCarryingOn) this.#thread.lose(this.#isUp ? 1 : 2);
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
    this.#thread.lose(0);
    this.#last = undefined;
    this.queue.end('sas.down');
    this.#options.onDown();
  }
}

const failure = (code: 'sas.silent' | 'sas.damaged' | 'sas.refused', poll: QueuedPoll) =>
  ({ ok: false, error: { code, sent: poll.sent } }) as const;
