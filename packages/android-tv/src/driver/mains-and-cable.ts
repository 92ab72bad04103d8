import { type Clock, type Duration, type Instant, milliseconds, sleep } from '@vakhta/kernel';
import { type CableState, cableState } from '../cable/cable-state.ts';
import type { CarrierReader } from '../cable/carrier.ts';
import type { Relay } from '../relay/relay.ts';
import type { ObservedTv } from './observed-tv.ts';

const period = milliseconds(1000);

export interface MainsAndCableOptions {
  tv: ObservedTv;
  clock: Clock;
  relay: Relay | undefined;
  carrier: CarrierReader | undefined;
  isConnected: () => boolean;
  /** The link went, so the connection is dead although TCP does not know it yet. */
  onLinkLost: () => Promise<void>;
  /** The link or the mains came back: worth a try at once. */
  onLinkBack: () => void;
}

/** Watches the two truths that are the agent's own: the relay's state, and the link at its end of the cable. */
export class MainsAndCable {
  readonly #options: MainsAndCableOptions;
  #mains: boolean | undefined;
  #carrier: boolean | undefined;
  #startedAt: Instant | undefined;

  constructor(options: MainsAndCableOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.readMains();
      await this.readCable();
      await sleep(this.#options.clock, period, signal);
    }
  }

  startExpected(): void {
    this.#startedAt = this.#options.clock.monotonic();
  }

  async readMains(): Promise<boolean | undefined> {
    const { relay, tv, onLinkBack } = this.#options;
    if (!relay) {
      await tv.set('mains', 'none');
      return undefined;
    }
    const before = this.#mains;
    const mains = await relay.read();
    this.#mains = mains;
    await tv.set('mains', mains === undefined ? null : mains ? 'on' : 'off');
    if (mains === false && before !== false) await tv.forgetScreen();
    if (mains === true && before === false) {
      this.startExpected();
      onLinkBack();
    }
    return mains;
  }

  async readCable(): Promise<void> {
    const { tv, carrier, isConnected, onLinkLost, onLinkBack } = this.#options;
    const before = this.#carrier;
    // Without a reader of the link a working connection still proves one.
    this.#carrier = carrier ? await carrier() : isConnected() ? true : undefined;
    if (before === true && this.#carrier === false) await onLinkLost();
    if (before === false && this.#carrier === true) onLinkBack();
    await this.#report(
      cableState({
        carrier: this.#carrier,
        mains: this.#mains,
        wasAwake: wasAwake(tv),
        sinceStart: this.#sinceStart(),
      }),
    );
  }

  #sinceStart(): Duration | undefined {
    return this.#startedAt === undefined ? undefined : this.#options.clock.monotonic() - this.#startedAt;
  }

  async #report(state: CableState | undefined): Promise<void> {
    const { tv } = this.#options;
    const before = tv.value('cable');
    await tv.set('cable', state ?? null);
    if (state === 'noLinkFault' && before !== 'noLinkFault') await tv.event('cableLost');
    if (state === 'link' && before === 'noLinkFault') await tv.event('cableRestored');
  }
}

/** Standby is where sets switch their network off. */
function wasAwake(tv: ObservedTv): boolean | undefined {
  const power = tv.value('power');
  return power === null ? undefined : power !== 'asleep' && power !== 'dozing';
}
