import {
  type ApiClient,
  type Command,
  finalCommandStates,
  type RouteRequest,
  type RouteResponse,
  routes,
} from '@vakhta/api';
import { type Clock, type Duration, seconds, sleep } from '@vakhta/kernel';
import { everyItem } from './lists.ts';

const FIRST_LOOK: Duration = 100;
const LONGEST_LOOK = seconds(2);

export interface ActOptions {
  /** Gives up waiting. What was asked for goes on: a command cannot be called back. */
  signal?: AbortSignal;
}

/** The same action of several things or of a group. */
export type ManyRequest = RouteRequest<typeof routes.createCommands>['body'];
/** How many of a batch's commands are in each state. */
export type BatchProgress = RouteResponse<typeof routes.getBatch>;

/** Who waits for news of a command or a batch, by its id. The live socket's messages wake them. */
export class Waiting {
  readonly #clock: Clock;
  readonly #wakers = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something was heard of it. */
  wake(id: string): void {
    for (const wake of [...(this.#wakers.get(id) ?? [])]) wake();
  }

  /** Resolves when something is heard of it, or after `longest`. */
  async news(id: string, longest: Duration, signal: AbortSignal | undefined): Promise<void> {
    const heard = new AbortController();
    const wake = () => heard.abort();
    const ofId = this.#wakers.get(id) ?? new Set();
    this.#wakers.set(id, ofId.add(wake));
    try {
      await sleep(this.#clock, longest, signal ? AbortSignal.any([signal, heard.signal]) : heard.signal);
    } catch {
      signal?.throwIfAborted();
    } finally {
      ofId.delete(wake);
      if (ofId.size === 0) this.#wakers.delete(id);
    }
  }
}

/** Asks with `look` until it answers something, less and less often, and at once whenever there is news. */
async function untilKnown<T>(
  look: () => Promise<T | undefined>,
  id: string,
  waiting: Waiting,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let wait = FIRST_LOOK; ; wait = Math.min(LONGEST_LOOK, wait * 1.5)) {
    const known = await look();
    if (known !== undefined) return known;
    await waiting.news(id, wait, signal);
  }
}

/** Asks a thing for an action and waits for its end, which every command comes to: at the latest its deadline. */
export async function act(
  client: ApiClient,
  waiting: Waiting,
  [thing, action, input]: [thing: string, action: string, input: Command['input']],
  { signal }: ActOptions,
): Promise<Command> {
  const options = { ...(signal && { signal }) };
  const { command } = await client.call(
    routes.actOnThing,
    { params: { thing, action }, body: input },
    options,
  );
  const look = async () => {
    const now = await client.call(routes.getCommand, { params: { command } }, options);
    return finalCommandStates.has(now.state) ? now : undefined;
  };
  return untilKnown(look, command, waiting, signal);
}

/** Asks many for the same and waits until no command of them changes any more; in the order they were asked for. */
export async function actOnMany(
  client: ApiClient,
  waiting: Waiting,
  request: ManyRequest,
  { signal, onProgress }: ActOptions & { onProgress?(progress: BatchProgress): void },
): Promise<Command[]> {
  const options = { ...(signal && { signal }) };
  const { batch, commands: order } = await client.call(routes.createCommands, { body: request }, options);
  const look = async () => {
    const progress = await client.call(routes.getBatch, { params: { batch } }, options);
    onProgress?.(progress);
    return progress.finished ? progress : undefined;
  };
  await untilKnown(look, batch, waiting, signal);
  const commands = await everyItem((query) =>
    client.call(routes.listCommands, { query: { ...query, batch } }, options),
  );
  const place = new Map(order.map((id, index) => [id, index]));
  return commands.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}
