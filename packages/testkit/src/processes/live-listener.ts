import { once } from 'node:events';
import { LIVE_PATH, LiveMessage, type LiveRequest } from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import { WebSocket } from 'ws';

/** A message and when it came, by this machine's clock. */
export interface Heard {
  message: LiveMessage;
  at: number;
}

/** A live socket as a panel holds it: everything it hears, with the time it heard it. */
export class LiveListener {
  readonly heard: Heard[] = [];
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(heard: Heard) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      // Noted before it is parsed: reading it is the panel's time, not the desk's.
      const at = systemClock.now();
      const heard = { message: LiveMessage.parse(JSON.parse(String(data))), at };
      this.heard.push(heard);
      for (const listener of this.#listeners) listener(heard);
    });
  }

  static async open(to: { server: string; token: string; authority?: string }): Promise<LiveListener> {
    const socket = new WebSocket(to.server.replace(/^http/, 'ws') + LIVE_PATH, {
      headers: { authorization: `Bearer ${to.token}` },
      ...(to.authority !== undefined && { ca: to.authority }),
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    return new LiveListener(socket);
  }

  /** Resolves once the server says that the subscription stands. */
  async subscribe(subscription: LiveRequest['subscribe'] = {}): Promise<void> {
    const stands = this.next((message) => message.type === 'subscribed');
    this.#socket.send(JSON.stringify({ subscribe: subscription }));
    await stands;
  }

  /** The next message that fits. */
  next(fits: (message: LiveMessage) => boolean): Promise<Heard> {
    return new Promise((resolve) => {
      const listener = (heard: Heard) => {
        if (!fits(heard.message)) return;
        this.#listeners.delete(listener);
        resolve(heard);
      };
      this.#listeners.add(listener);
    });
  }

  /** Hands on everything from now on. */
  each(listener: (heard: Heard) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}
