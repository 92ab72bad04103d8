import type { Clock, Timer } from '@vakhta/kernel';
import { chirpSymbol, type Line, type LineSymbol, longestGap, wakeup } from '../../line/index.ts';
import { type AnswerFault, emissions } from './answer-faults.ts';
import { Conversation, type ConversationOptions } from './conversation.ts';
import { LoopWatch } from './loop-watch.ts';
import { Receiver, type ReceiverOptions } from './receiver.ts';

export interface MachinePortOptions extends ConversationOptions, Omit<ReceiverOptions, 'lenientWakeup'> {
  readonly clock: Clock;
  /** How long the machine thinks before it answers, milliseconds; below 20 on a healthy machine. */
  readonly answerDelay: number;
  /** What is wrong with the next answer; asked once for each. */
  readonly fault: (answer: Uint8Array, toGeneralPoll: boolean) => AnswerFault | undefined;
}

/** One SAS channel of a machine: receiver, conversation and loop watch on one line. */
export class MachinePort {
  readonly conversation: Conversation;
  readonly queue: ConversationOptions['queue'];
  readonly #options: MachinePortOptions;
  readonly #receiver: Receiver;
  readonly #watch: LoopWatch;
  #say: (symbols: readonly LineSymbol[]) => void = () => {};
  #silence: Timer | undefined;
  #isOn = true;

  constructor(options: MachinePortOptions) {
    this.#options = options;
    this.queue = options.queue;
    this.conversation = new Conversation(options);
    this.#receiver = new Receiver(
      { completion: options.completion, lenientWakeup: options.quirks.lenientWakeup },
      (bytes) => this.#onMessage(bytes),
    );
    this.#watch = new LoopWatch(options.clock, {
      onBreak: () => this.conversation.loseSync(),
      chirp: () => this.#say([chirpSymbol(options.address)]),
    });
  }

  get rte(): boolean {
    return this.conversation.rte;
  }

  /** Puts the port on a line; what it says goes there until it is put on another. */
  connect(line: Line): void {
    // A machine whose cable is pulled goes on talking.
    this.#say = (symbols) => void line.send(symbols).catch(() => {});
    line.receive((symbols) => {
      for (const { symbol, at } of symbols) this.hear(symbol, at);
    });
  }

  /** Says into `listener`, for those who have no line: a scenario, a test. */
  connectTo(listener: (symbols: readonly LineSymbol[]) => void): void {
    this.#say = listener;
  }

  hear(symbol: LineSymbol, at: number): void {
    if (!this.#isOn) return;
    if (symbol & wakeup) this.#watch.heard();
    this.#silence?.cancel();
    this.#silence = undefined;
    this.#receiver.push(symbol, at);
    if (this.#receiver.isWaiting)
      this.#silence = this.#options.clock.after(longestGap, () => this.lineIsSilent());
  }

  /** The line has been silent for the longest gap. */
  lineIsSilent(): void {
    this.#receiver.silence();
  }

  /** Mains off: hears and says nothing. */
  switchOff(): void {
    this.#isOn = false;
    this.#watch.stop();
    this.#silence?.cancel();
    this.conversation.loseSync();
    this.conversation.rte = false;
  }

  switchOn(): void {
    this.#isOn = true;
    this.#watch.restart();
  }

  #onMessage(bytes: Uint8Array): void {
    const answer = this.conversation.hear(bytes);
    if (!answer) return;
    const toGeneralPoll = (bytes[0]! & 0x80) !== 0;
    const fault = this.#options.fault(answer, toGeneralPoll);
    for (const { after, symbols } of emissions(answer, fault, this.#options.address, toGeneralPoll)) {
      const delay = after + this.#options.answerDelay;
      const emit = () => {
        if (this.#isOn) this.#say(symbols);
      };
      if (delay > 0) this.#options.clock.after(delay, emit);
      else emit();
    }
  }
}
