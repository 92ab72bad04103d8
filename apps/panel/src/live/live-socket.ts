import { LiveMessage } from '@vakhta/api';
import type { Clock, Random, Timer } from '@vakhta/kernel';

export type LinkState = 'connecting' | 'open' | 'waiting';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** The server says every few seconds which things it still hears; a longer silence is a dead connection. */
const LONGEST_SILENCE = 60_000;

/** The close code for it. */
const NOT_SIGNED_IN = 4401;

export interface LiveSocketOptions {
  url: string;
  clock: Clock;
  random: Random;
  open?: (url: string) => WebSocket;
  onMessage(message: LiveMessage): void;
  onState(state: LinkState): void;
  /** The server says that the session this was opened by has ended. */
  onSignedOut(): void;
}

/** One WebSocket to the server for the whole panel, opened again with growing, jittered waits whenever it falls. */
export class LiveSocket {
  readonly #options: LiveSocketOptions;
  #socket: WebSocket | undefined;
  #timer: Timer | undefined;
  #silence: Timer | undefined;
  #heardAt = 0;
  #failures = 0;
  #closed = false;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock } = this.#options;
    this.#closed = false;
    this.#connect();
    this.#silence = clock.every(LONGEST_SILENCE / 4, () => {
      if (this.#socket?.readyState === WebSocket.OPEN && clock.monotonic() - this.#heardAt > LONGEST_SILENCE)
        this.#fall();
    });
  }

  stop(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#silence?.cancel();
    this.#drop();
  }

  /** The network is back, or the person asks: waits no longer. */
  hurry(): void {
    if (this.#closed || this.#socket) return;
    this.#timer?.cancel();
    this.#connect();
  }

  #connect(): void {
    const {
      url,
      clock,
      onMessage,
      onState,
      onSignedOut,
      open = (address) => new WebSocket(address),
    } = this.#options;
    onState('connecting');
    const socket = open(url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#failures = 0;
      this.#heardAt = clock.monotonic();
      socket.send(JSON.stringify({ subscribe: {} }));
      onState('open');
    });
    socket.addEventListener('message', ({ data }) => {
      this.#heardAt = clock.monotonic();
      const message = parse(data);
      if (message) onMessage(message);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket !== socket) return;
      if (code === NOT_SIGNED_IN) onSignedOut();
      this.#fall();
    });
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

/** A message of a newer server that this panel does not know is passed over. */
function parse(data: unknown): LiveMessage | undefined {
  try {
    return LiveMessage.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
