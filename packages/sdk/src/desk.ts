import {
  type ApiClient,
  type Asked,
  type ClientOptions,
  type Command,
  createClient,
  LIVE_PATH,
  type RouteRequest,
} from '@vakhta/api';
import { type Clock, type Random, systemClock, systemRandom } from '@vakhta/kernel';
import { type ActOptions, act, actOnMany, type BatchProgress, type ManyRequest, Waiting } from './act.ts';
import { eachItem, type ItemOf, type ListRoute } from './lists.ts';
import { type Live, openLive } from './live/live.ts';
import type { Subscription } from './live/live-socket.ts';
import type { OpenSocket } from './live/open-socket.ts';

export interface DeskOptions extends Omit<ClientOptions, 'organisation'> {
  /** The organisation to act in, where the person signed in belongs to several. A token has its own. */
  organisation?: string;
  /** Opens the live socket; the platform's WebSocket unless given. */
  openSocket?: OpenSocket;
  clock?: Clock;
  random?: Random;
}

/** A desk from outside: declared routes, lists, commands and the live socket. All but `live` throw `ApiError`. */
export interface Desk extends ApiClient {
  /** Every item of a list, asked for page by page as they are taken. */
  each<R extends ListRoute>(route: R, ...asked: Asked<R>): AsyncGenerator<ItemOf<R>, void>;
  /**
   * Asks a thing for an action and waits for its end. A machine that says no is an answer, not an error: look at
   * `state` and `outcome`.
   */
  act(thing: string, action: string, input?: Command['input'], options?: ActOptions): Promise<Command>;
  /** Asks many things or a group for the same action and waits for the end of each. */
  actOnMany(
    request: ManyRequest,
    options?: ActOptions & { onProgress?(progress: BatchProgress): void },
  ): Promise<Command[]>;
  /** Opens a live socket that hears of what is given, of everything unless given. */
  live(subscription?: Subscription): Live;
}

/** Opens a desk. Nothing is asked of the server until the first call. */
export function openDesk(options: DeskOptions): Desk {
  const {
    organisation,
    openSocket,
    clock = systemClock,
    random = systemRandom,
    ...client
  } = { ...options, server: options.server.replace(/\/$/, '') };
  const api = createClient({ ...client, organisation: () => organisation });
  const waiting = new Waiting(clock);
  return {
    ...api,
    each: (route, ...[request, callOptions]) =>
      eachItem(api, route, (request ?? {}) as RouteRequest<typeof route>, callOptions),
    act: (thing, action, input = {}, actOptions = {}) =>
      act(api, waiting, [thing, action, input], actOptions),
    actOnMany: (request, actOptions = {}) => actOnMany(api, waiting, request, actOptions),
    live: (subscription = {}) =>
      openLive(
        {
          url: liveAddress(client.server, organisation),
          headers: client.token === undefined ? {} : { authorization: `Bearer ${client.token}` },
          subscription,
          clock,
          random,
          ...(openSocket && { open: openSocket }),
        },
        (message) => {
          if (message.type !== 'command') return;
          waiting.wake(message.id);
          if (message.batch !== null) waiting.wake(message.batch);
        },
      ),
  };
}

/** Where the live socket of a server is; `server` is '' for that of the page this runs in. */
export function liveAddress(server: string, organisation: string | undefined): string {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const address = new URL(server + LIVE_PATH, page);
  address.protocol = address.protocol.replace('http', 'ws');
  if (organisation !== undefined) address.searchParams.set('organisation', organisation);
  return address.href;
}
