import { LiveMessage, type LiveRequest } from '@vakhta/api';
import type { Clock, Random, Timer } from '@vakhta/kernel';
import { OPEN, type OpenSocket, openSocket, type SocketLike } from './open-socket.ts';

export type LinkState = 'connecting' | 'open' | 'waiting';
/** What to hear of; nothing given is everything. */
export type Subscription = LiveRequest['subscribe'];

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** The server says every few seconds which things it still hears; a longer silence is a dead connection. */
const LONGEST_SILENCE = 60_000;

/** The close code for it. */
const NOT_SIGNED_IN = 4401;

export interface LiveSocketOptions {
  url: string;
  headers?: Readonly<Record<string, string>>;
  subscription?: Subscription;
  clock: Clock;
  random: Random;
  open?: OpenSocket;
  onMessage(message: LiveMessage): void;
  onState(state: LinkState): void;
  /** The server says that the session or token this was opened by does not hold. It is tried again all the same. */
  onSignedOut(): void;
}

/** One WebSocket to the server, opened again with growing, jittered waits whenever it falls. */
export class LiveSocket {
  readonly #options: LiveSocketOptions;
  #subscription: Subscription;
  #socket: SocketLike | undefined;
  #timer: Timer | undefined;
  #silence: Timer | undefined;
  #heardAt = 0;
  #failures = 0;
  #closed = false;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    this.#subscription = options.subscription ?? {};
  }

  start(): void {
    const { clock } = this.#options;
    this.#closed = false;
    this.#connect();
    this.#silence = clock.every(LONGEST_SILENCE / 4, () => {
      if (this.#socket?.readyState === OPEN && clock.monotonic() - this.#heardAt > LONGEST_SILENCE)
        this.#fall();
    });
  }

  stop(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#silence?.cancel();
    this.#drop();
  }

  /** Replaces what it hears of, now and after each reconnection. */
  subscribe(subscription: Subscription): void {
    this.#subscription = subscription;
    if (this.#socket?.readyState === OPEN) this.#say();
  }

  /** The network is back, or the person asks: waits no longer. */
  hurry(): void {
    if (this.#closed || this.#socket) return;
    this.#timer?.cancel();
    this.#connect();
  }

  #connect(): void {
    const { url, headers = {}, clock, onMessage, onState, onSignedOut, open = openSocket } = this.#options;
    onState('connecting');
    const socket = open(url, headers);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      this.#failures = 0;
      this.#heardAt = clock.monotonic();
      this.#say();
      onState('open');
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket !== socket) return;
      this.#heardAt = clock.monotonic();
      const message = parse(data);
      if (message) onMessage(message);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket !== socket) return;
      if (code === NOT_SIGNED_IN) onSignedOut();
      this.#fall();
    });
    // Its close comes after it; unheard, it would end a program of Node's that uses the package `ws`.
    socket.addEventListener('error', () => {});
  }

  #say(): void {
    this.#socket?.send(JSON.stringify({ subscribe: this.#subscription }));
  }

  #fall(): void {
    this.#drop();
    if (this.#closed) return;
    const { clock, random, onState } = this.#options;
    const limit = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#failures += 1;
    onState('waiting');
    this.#timer = clock.after(limit / 2 + (random.float() * limit) / 2, () => this.#connect());
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}

/** A message of a newer server that this client does not know is passed over. */
function parse(data: unknown): LiveMessage | undefined {
  try {
    return LiveMessage.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
