import type { LiveMessage } from '@vakhta/api';
import { type LinkState, LiveSocket, type LiveSocketOptions, type Subscription } from './live-socket.ts';

/** What can be listened to: each type of message, and three that the client itself tells. */
export type LiveEvents = {
  [Type in LiveMessage['type']]: Extract<LiveMessage, { type: Type }>;
} & {
  /** Whether it is connected. */
  link: LinkState;
  /** Messages may have been lost, by a reconnection or by a server that fell: read anew what you show. */
  gap: undefined;
  /** The server does not know the session or token any more. It is tried again until `close`. */
  signedOut: undefined;
};

/** The live socket, opened again by itself whenever it falls. */
export interface Live extends Disposable {
  readonly state: LinkState;
  /** Calls `listener` with each such message; the answer ends that. */
  on<Name extends keyof LiveEvents>(name: Name, listener: (event: LiveEvents[Name]) => void): () => void;
  /** Resolves with the next such message that `fits`; rejects with the signal's reason. */
  next<Name extends keyof LiveEvents>(
    name: Name,
    fits?: (event: LiveEvents[Name]) => boolean,
    options?: { signal?: AbortSignal },
  ): Promise<LiveEvents[Name]>;
  /** Replaces what it hears of. */
  subscribe(subscription: Subscription): void;
  close(): void;
}

type Listener = (event: never) => void;

/** Opens a live socket; `heard` is told each message before its listeners are. */
export function openLive(
  options: Omit<LiveSocketOptions, 'onMessage' | 'onState' | 'onSignedOut'>,
  heard: (message: LiveMessage) => void,
): Live {
  const listeners = new Map<string, Set<Listener>>();
  const tell = <Name extends keyof LiveEvents>(name: Name, event: LiveEvents[Name]) => {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(event as never);
  };
  let state: LinkState = 'connecting';
  let wasOpen = false;
  const socket = new LiveSocket({
    ...options,
    onMessage: (message) => {
      heard(message);
      tell(message.type, message as never);
      if (message.type === 'missed') tell('gap', undefined);
    },
    onState: (next) => {
      state = next;
      tell('link', next);
      if (next !== 'open') return;
      if (wasOpen) tell('gap', undefined);
      wasOpen = true;
    },
    onSignedOut: () => tell('signedOut', undefined),
  });

  const live: Live = {
    get state() {
      return state;
    },
    on(name, listener) {
      const ofName = listeners.get(name) ?? new Set();
      listeners.set(name, ofName.add(listener as Listener));
      return () => void ofName.delete(listener as Listener);
    },
    next: (name, fits = () => true, { signal } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const stop = () => {
          off();
          signal?.removeEventListener('abort', onAbort);
        };
        const onAbort = () => {
          stop();
          reject(signal?.reason);
        };
        const off = live.on(name, (event) => {
          if (!fits(event)) return;
          stop();
          resolve(event);
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    subscribe: (subscription) => socket.subscribe(subscription),
    close: () => socket.stop(),
    [Symbol.dispose]: () => socket.stop(),
  };
  socket.start();
  return live;
}
