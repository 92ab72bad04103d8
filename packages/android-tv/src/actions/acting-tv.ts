import type { Json } from '@vakhta/kernel';
import { AppError, type Clock, type Duration, milliseconds, seconds, sleep } from '@vakhta/kernel';
import type { ActionContext, ActionOutcome } from '@vakhta/things';
import type { AdbDevice } from '../adb/index.ts';
import type { ObservedTv } from '../driver/observed-tv.ts';
import { sample } from '../driver/poller.ts';
import type { SerialQueue } from '../driver/serial-queue.ts';
import type { TvReason } from '../model/reasons.ts';
import type { Relay } from '../relay/relay.ts';
import type { SectionName } from '../shell/sections.ts';

/** What the driver lends to one run of an action. */
export interface ActingParts {
  tv: ObservedTv;
  clock: Clock;
  context: ActionContext;
  /** `input` starts a process on the TV that takes its keys one after another: ours must come in that order too. */
  inputQueue: SerialQueue;
  relay: { switch: Relay; offFor: Duration } | undefined;
  /** The connected TV, now or soon. */
  connected: (limit: Duration) => Promise<AdbDevice | undefined>;
  /** Reads the relay and reports it. */
  reportMains: () => Promise<boolean | undefined>;
  /** A start is coming: a missing link is to be expected for a while. */
  startExpected: () => void;
}

/** Time left for the answer to travel: an outcome after the deadline is nobody's. */
const answerMargin = milliseconds(300);
const connectWait = seconds(5);

/** One run of an action at one TV. */
export class ActingTv {
  readonly tv: ObservedTv;
  readonly clock: Clock;
  readonly parts: ActingParts;
  #sent = false;

  constructor(parts: ActingParts) {
    this.parts = parts;
    this.tv = parts.tv;
    this.clock = parts.clock;
  }

  /** Whether something that changes the TV was sent: silence after it leaves the outcome unknown. */
  get sent(): boolean {
    return this.#sent;
  }

  get remaining(): Duration {
    return Math.max(0, this.parts.context.deadline - this.clock.now() - answerMargin);
  }

  markSent(): void {
    this.#sent = true;
  }

  /** @throws AppError tv.offline */
  async device(limit: Duration = connectWait): Promise<AdbDevice> {
    const device = await this.parts.connected(Math.min(limit, this.remaining));
    if (!device) throw new AppError('tv.offline', 'the TV is not connected', { retry: 'after' });
    // Which commands a TV has depends on its version, which the first poll may not have read yet.
    if (this.tv.capabilities.sdk === undefined) await sample(device, this.tv, ['identity'], this.#options());
    return device;
  }

  /** Reads sections now and reports them. */
  async read(...names: SectionName[]): Promise<void> {
    await sample(await this.device(), this.tv, names, this.#options());
  }

  /** Runs commands that change something, reads the sections behind them in the same round trip, gives the answers. */
  async send(commands: readonly string[], ...names: SectionName[]): Promise<string[]> {
    const device = await this.device();
    this.markSent();
    return sample(device, this.tv, names, { ...this.#options(), before: commands });
  }

  /** The same for key presses, which wait for those before them. */
  press(codes: readonly number[], ...names: SectionName[]): Promise<string[]> {
    return this.parts.inputQueue.run(() => this.send([`input keyevent ${codes.join(' ')}`], ...names));
  }

  /**
   * Reads the sections again and again until `seen`, or until time is up. The first look is at what is already read.
   */
  async observe(
    names: readonly SectionName[],
    seen: () => boolean,
    within: Duration = seconds(8),
  ): Promise<boolean> {
    const end = this.clock.monotonic() + Math.min(within, this.remaining);
    let wait = milliseconds(100);
    while (!seen()) {
      if (this.clock.monotonic() + wait > end) return false;
      await sleep(this.clock, wait, this.parts.context.signal);
      await this.read(...names);
      wait = Math.min(wait * 2, seconds(1));
    }
    return true;
  }

  #options(): { clock: Clock; deadline: Duration; signal: AbortSignal } {
    return { clock: this.clock, deadline: Math.max(this.remaining, 1), signal: this.parts.context.signal };
  }
}

/** Read back from the TV. */
export const observed = (evidence?: Json, message?: string): ActionOutcome => ({
  state: 'succeeded',
  observed: true,
  ...(evidence === undefined ? {} : { evidence }),
  ...(message === undefined ? {} : { message }),
});

/** Sent; what came of it cannot be seen. */
export const notObservable = (message: string): ActionOutcome => ({
  state: 'succeeded',
  observed: false,
  message,
});

export const failed = (code: TvReason, message: string, evidence?: Json): ActionOutcome => ({
  state: 'failed',
  code,
  message,
  ...(evidence === undefined ? {} : { evidence }),
});

/** Sent, and the TV shows something else. */
export const notSeen = (property: string, value: Json, what: string): ActionOutcome =>
  failed('tv.not_observed', `sent, but the TV does not show it: ${what}`, { [property]: value });
