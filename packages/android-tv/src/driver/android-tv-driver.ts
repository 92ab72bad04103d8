import { AppError, type Duration, type Json, seconds } from '@vakhta/kernel';
import type { ActionContext, ActionOutcome, Driver, DriverOptions } from '@vakhta/things';
import { ActingTv, failed } from '../actions/acting-tv.ts';
import { actionHandlers } from '../actions/index.ts';
import { httpCarrier, sysfsCarrier } from '../cable/carrier.ts';
import type { TvAction } from '../model/android-tv.ts';
import { openRelay } from '../relay/open-relay.ts';
import type { Relay } from '../relay/relay.ts';
import { type CableConfiguration, parseConfiguration, type TvConfiguration } from './configuration.ts';
import { fleetKey } from './fleet-key.ts';
import { MainsAndCable } from './mains-and-cable.ts';
import { ObservedTv } from './observed-tv.ts';
import { Poller } from './poller.ts';
import { SerialQueue } from './serial-queue.ts';
import { type LinkState, TvLink } from './tv-link.ts';

/** How long a TV may be without a connection before that is an event: standby and restarts are shorter or expected. */
const lostIsNews = seconds(5);

/**
 * Looks after one TV: one connection with polls and actions on streams of it, and beside it the relay and the cable,
 * which are truths of their own.
 */
export class AndroidTvDriver implements Driver {
  readonly #options: DriverOptions;
  readonly #configuration: TvConfiguration;
  readonly #tv: ObservedTv;
  readonly #link: TvLink;
  readonly #relay: Relay | undefined;
  readonly #mainsAndCable: MainsAndCable;
  readonly #inputQueue = new SerialQueue();
  #polling: AbortController | undefined;
  #wasConnected = false;
  /** Monotonic time of the loss, until it has been told as an event. */
  #lostAt: Duration | 'told' | undefined;
  #pollFailed: (error: unknown) => void = () => {};

  /** @throws UsageError tv.configuration */
  constructor(options: DriverOptions) {
    const { clock, random, report, directory } = options;
    this.#options = options;
    this.#configuration = parseConfiguration(options.configuration);
    const { address, port, relay, cable } = this.#configuration;
    this.#tv = new ObservedTv(report, clock);
    this.#relay = openRelay(relay, clock);
    this.#link = new TvLink({
      address,
      port,
      clock,
      random,
      key: () => fleetKey(directory),
      onState: (state) => this.#onLink(state),
    });
    this.#mainsAndCable = new MainsAndCable({
      tv: this.#tv,
      clock,
      relay: this.#relay,
      carrier: carrierReader(cable, options),
      isConnected: () => this.#link.device !== undefined,
      onLinkLost: () => this.#link.interrupt(),
      onLinkBack: () => this.#link.retryNow(),
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const stop = () => ending.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const pollFailed = new Promise<never>((_, reject) => {
      this.#pollFailed = reject;
    });
    const parts = [this.#link.run(ending.signal), this.#mainsAndCable.run(ending.signal)];
    try {
      await Promise.race([...parts, pollFailed]);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      ending.abort();
      this.#polling?.abort();
      pollFailed.catch(() => {});
      await Promise.allSettled(parts);
      await this.#relay?.close();
      signal.removeEventListener('abort', stop);
    }
  }

  async act(action: string, input: Record<string, Json>, context: ActionContext): Promise<ActionOutcome> {
    if (!isTvAction(action)) return failed('tv.no_such_action', `an Android TV has no action '${action}'`);
    const { relay } = this.#configuration;
    const acting = new ActingTv({
      tv: this.#tv,
      clock: this.#options.clock,
      context,
      inputQueue: this.#inputQueue,
      relay: this.#relay && relay.kind !== 'none' ? { switch: this.#relay, offFor: relay.offFor } : undefined,
      connected: (limit) => this.#link.connected(limit, context.signal),
      reportMains: () => this.#mainsAndCable.readMains(),
      startExpected: () => this.#mainsAndCable.startExpected(),
    });
    try {
      return await actionHandlers[action](acting, input);
    } catch (error) {
      if (!(error instanceof AppError) && !context.signal.aborted) throw error;
      const code = error instanceof AppError ? error.code : 'tv.deadline';
      const message = error instanceof Error ? error.message : 'time is up';
      // What was sent before the silence may have been carried out; a refusal was not.
      const isRefusal = code.startsWith('tv.') && code !== 'tv.deadline' && code !== 'tv.offline';
      return acting.sent && !isRefusal && code !== 'adb.refused'
        ? { state: 'unknown', message: `${code}: ${message}` }
        : { state: 'failed', code, message };
    }
  }

  async #onLink(state: LinkState): Promise<void> {
    this.#polling?.abort();
    this.#polling = undefined;
    await this.#tv.set('connection', state.name);
    switch (state.name) {
      case 'connected':
        return this.#onConnected(state);
      case 'awaitingAuthorisation':
        await this.#tv.online(false, {
          code: 'tv.accept_on_screen',
          message: 'somebody must accept on the screen',
        });
        return this.#tv.event('authorisationNeeded');
      case 'unauthorised':
      case 'unreachable':
        await this.#tv.online(false, { code: state.error.code, message: state.error.message });
        this.#options.log('info', 'tv.not_connected', { code: state.error.code });
        return this.#onLost(state.error.code);
      case 'connecting':
        return;
    }
  }

  async #onConnected({ device }: LinkState & { name: 'connected' }): Promise<void> {
    await this.#tv.online(true);
    await this.#mainsAndCable.readCable();
    if (this.#lostAt === 'told') await this.#tv.event('connectionRestored');
    this.#lostAt = undefined;
    this.#wasConnected = true;
    const polling = new AbortController();
    this.#polling = polling;
    new Poller(device, this.#tv, this.#options.clock, this.#options.log)
      .run(polling.signal)
      .catch((error) => {
        if (!polling.signal.aborted) this.#pollFailed(error);
      });
  }

  async #onLost(reason: string): Promise<void> {
    if (!this.#wasConnected || this.#lostAt === 'told') return;
    const now = this.#options.clock.monotonic();
    this.#lostAt ??= now;
    if (now - this.#lostAt < lostIsNews || this.#tv.value('mains') === 'off') return;
    this.#lostAt = 'told';
    await this.#tv.event('connectionLost', { reason });
  }
}

const isTvAction = (action: string): action is TvAction => Object.hasOwn(actionHandlers, action);

function carrierReader(cable: CableConfiguration, { clock }: DriverOptions) {
  switch (cable.kind) {
    case 'none':
      return undefined;
    case 'sysfs':
      return sysfsCarrier(cable.interface);
    case 'http':
      return httpCarrier(cable.url, clock);
  }
}
