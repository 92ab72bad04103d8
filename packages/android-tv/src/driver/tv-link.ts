import {
  type Clock,
  type Duration,
  milliseconds,
  type Random,
  seconds,
  sleep,
  type Timer,
} from '@vakhta/kernel';
import { type AdbDevice, AdbError, type AdbKey, connectAdb } from '../adb/index.ts';

export type LinkState =
  | { name: 'connecting' }
  | { name: 'awaitingAuthorisation' }
  | { name: 'connected'; device: AdbDevice }
  | { name: 'unauthorised' | 'unreachable'; error: AdbError };

export interface TvLinkOptions {
  address: string;
  port: number;
  key: () => Promise<AdbKey>;
  clock: Clock;
  random: Random;
  onState: (state: LinkState) => Promise<void>;
}

const firstWait = milliseconds(500);
const longestWait = seconds(15);
const questionStands = milliseconds(400);

/**
 * Holds the one connection to a TV for as long as it runs: connects, waits for somebody to accept the key on the
 * screen, and comes back after every loss with a growing, jittered wait.
 */
export class TvLink {
  readonly #options: TvLinkOptions;
  #state: LinkState = { name: 'connecting' };
  #waiters = new Set<(device: AdbDevice) => void>();
  #wake: (() => void) | undefined;

  constructor(options: TvLinkOptions) {
    this.#options = options;
  }

  get device(): AdbDevice | undefined {
    return this.#state.name === 'connected' ? this.#state.device : undefined;
  }

  /** Resolves when the signal is aborted, with the connection closed. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    await this.#to({ name: 'connecting' });
    while (!signal.aborted) {
      try {
        const device = await this.#connect(signal);
        failures = 0;
        const error = await this.#hold(device, signal);
        if (signal.aborted) return;
        // A first loss is tried anew at once: TVs drop the connection when they go to standby.
        await this.#to(error ? { name: 'unreachable', error } : { name: 'connecting' });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof AdbError)) throw error;
        failures += 1;
        await this.#refused(error, failures);
      }
      await this.#pause(failures, signal);
    }
  }

  /** Tries again now: the cable or the mains came back. */
  retryNow(): void {
    this.#wake?.();
  }

  /** Gives up the connection, which is known to be dead; `run` goes on to the next. */
  async interrupt(): Promise<void> {
    await this.device?.close();
  }

  /** The connected TV, now or within the limit. */
  async connected(limit: Duration, signal: AbortSignal): Promise<AdbDevice | undefined> {
    if (this.device) return this.device;
    const waiting = new AbortController();
    const stop = () => waiting.abort();
    signal.addEventListener('abort', stop, { once: true });
    let waiter: (device: AdbDevice) => void = () => {};
    const came = new Promise<AdbDevice>((resolve) => {
      waiter = resolve;
    });
    this.#waiters.add(waiter);
    try {
      const tooLate = sleep(this.#options.clock, limit, waiting.signal).catch(() => {});
      return (await Promise.race([came, tooLate])) ?? this.device;
    } finally {
      this.#waiters.delete(waiter);
      signal.removeEventListener('abort', stop);
      waiting.abort();
    }
  }

  async #connect(signal: AbortSignal): Promise<AdbDevice> {
    const { address, port, clock, key } = this.#options;
    const keys = [await key()];
    let question: Timer | undefined;
    // A TV that takes new keys by itself asks nobody: it is a question once it has stood for a moment.
    const onAuthorisationPending = () => {
      question = clock.after(questionStands, () => void this.#to({ name: 'awaitingAuthorisation' }));
    };
    try {
      return await connectAdb({ host: address, port, clock, keys, signal, onAuthorisationPending });
    } finally {
      question?.cancel();
    }
  }

  async #hold(device: AdbDevice, signal: AbortSignal): Promise<AdbError | undefined> {
    const close = () => void device.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      await this.#to({ name: 'connected', device });
      for (const waiter of this.#waiters) waiter(device);
      if (signal.aborted) close();
      return await device.closed;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  async #refused(error: AdbError, failures: number): Promise<void> {
    if (error.code !== 'adb.unauthorized') return this.#to({ name: 'unreachable', error });
    // Some sets (Philips) refuse a known key once after standby and take it the next time.
    if (failures > 1) await this.#to({ name: 'unauthorised', error });
  }

  async #pause(failures: number, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    const wait = Math.min(longestWait, firstWait * 2 ** Math.min(failures, 10)) * (0.5 + random.float() / 2);
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const sleeping = new AbortController();
    const stop = () => sleeping.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.race([woken, sleep(clock, wait, sleeping.signal).catch(() => {})]);
    } finally {
      this.#wake = undefined;
      signal.removeEventListener('abort', stop);
      sleeping.abort();
    }
  }

  #to(state: LinkState): Promise<void> {
    this.#state = state;
    return this.#options.onState(state);
  }
}
