import { type Clock, seconds, type Timer } from '@vakhta/kernel';
import { encodePictureFrame, type Frame, MAX_BATCH } from '@vakhta/link';
import type { Outbox } from '../outbox/outbox.ts';

/** Batches under way at once: enough to hide a round trip, few enough that a gap costs little to send again. */
const WINDOW = 4;
/** Bytes in one batch, pictures included; a single observation with its picture may be more. */
const BATCH_BYTES = 1024 * 1024;
/** So long may the server take to acknowledge the oldest batch. */
const ACKNOWLEDGE_WITHIN = seconds(20);

/** What the sender thinks of something the server said. */
export type Verdict = 'fine' | 'nonsense';

/**
 * Sends what is in the outbox, in order, from where the server has it, over one connection. Holds a few batches under
 * way; goes back to where the server says a gap is; ends the connection when acknowledgements stay out, because the next
 * handshake tells where both stand.
 */
export class Sender {
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #send: (frame: Frame) => void;
  readonly #onSilence: () => void;
  #acknowledged: number;
  #sentThrough: number;
  /** The highest number ever sent here; above `#sentThrough` after a gap. */
  #sentHighest: number;
  /** Last numbers of the batches under way, oldest first. */
  #underWay: number[] = [];
  /** Every batch under way when the first gap was told will be told as the same gap: those are not news. */
  #gap = { expected: 0, echoes: 0 };
  #silence: Timer | undefined;

  constructor(deps: {
    outbox: Outbox;
    clock: Clock;
    send: (frame: Frame) => void;
    /** The highest number the server has. */
    acknowledged: number;
    onSilence: () => void;
  }) {
    this.#outbox = deps.outbox;
    this.#clock = deps.clock;
    this.#send = deps.send;
    this.#onSilence = deps.onSilence;
    this.#acknowledged = deps.acknowledged;
    this.#sentThrough = deps.acknowledged;
    this.#sentHighest = deps.acknowledged;
  }

  get hasRoom(): boolean {
    return this.#underWay.length < WINDOW;
  }
  get hasSentAll(): boolean {
    return this.#sentThrough >= this.#outbox.file.last;
  }
  get isIdle(): boolean {
    return this.hasSentAll && this.#underWay.length === 0;
  }

  /** Sends as much as the window allows. */
  pump(): void {
    const { file } = this.#outbox;
    while (this.hasRoom && !this.hasSentAll) {
      const rows = file.read(this.#sentThrough + 1, MAX_BATCH, BATCH_BYTES);
      const first = rows[0];
      if (!first) return;
      for (const { seq, hasPicture } of rows) {
        const picture = hasPicture ? file.readPicture(seq) : undefined;
        if (picture) this.#send(encodePictureFrame(picture.header, picture.bytes));
      }
      const through = first.seq + rows.length - 1;
      const stream = JSON.stringify(file.stream);
      // The rows were checked and are JSON already; parsing them again would only cost time.
      const items = rows.map((row) => row.body).join(',');
      this.#send(`{"type":"observations","stream":${stream},"from":${first.seq},"items":[${items}]}`);
      this.#sentThrough = through;
      this.#sentHighest = Math.max(this.#sentHighest, through);
      this.#underWay.push(through);
      if (!this.#silence) this.#expectAcknowledgement();
    }
  }

  /** The server has all up to `seq`. */
  onAcknowledge(seq: number): Verdict {
    // Acting on it would forget what was never sent.
    if (seq > this.#sentHighest) return 'nonsense';
    if (seq <= this.#acknowledged) return 'fine';
    this.#acknowledged = seq;
    this.#sentThrough = Math.max(this.#sentThrough, seq);
    this.#underWay = this.#underWay.filter((through) => through > seq);
    this.#expectAcknowledgement();
    this.#outbox.acknowledge(seq);
    this.pump();
    return 'fine';
  }

  /** The server has all up to `expected - 1` and what came did not follow on. */
  onGap(expected: number): Verdict {
    // It acknowledged that on this very connection: this is an old message come late. Where both stand is settled by the
    // next handshake, and by nothing else.
    if (expected <= this.#acknowledged || expected > this.#sentHighest + 1) return 'nonsense';
    if (expected === this.#gap.expected && this.#gap.echoes > 0) {
      this.#gap.echoes -= 1;
      return 'fine';
    }
    this.#gap = { expected, echoes: Math.max(0, this.#underWay.length - 1) };
    this.#sentThrough = expected - 1;
    this.#underWay = [];
    this.#expectAcknowledgement();
    this.pump();
    return 'fine';
  }

  stop(): void {
    this.#silence?.cancel();
  }

  #expectAcknowledgement(): void {
    this.#silence?.cancel();
    this.#silence =
      this.#underWay.length > 0 ? this.#clock.after(ACKNOWLEDGE_WITHIN, this.#onSilence) : undefined;
  }
}
