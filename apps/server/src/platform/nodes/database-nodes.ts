import { hostname } from 'node:os';
import { AppError, type Clock, type Duration, type Instant, type Json, seconds, sleep } from '@vakhta/kernel';
import * as z from 'zod';
import type { Log } from '../log/log.ts';
import { NodeSession, type Row } from './node-session.ts';
import type { Nodes, NodeWatcher } from './nodes.ts';
import { WordPost } from './word-post.ts';

const LOOK_EVERY = seconds(1);
const REJOIN_AFTER: Duration = 250;
/** A newcomer waits so long for the others to know of it before it serves. */
const WELCOME_WITHIN = seconds(5);

const Payload = z.object({ from: z.int(), words: z.array(z.json()) });
/** What nodes say to each other for themselves. */
const OwnWord = z.discriminatedUnion('is', [
  z.object({ is: z.literal('joined') }),
  z.object({ is: z.literal('welcome'), node: z.int() }),
  z.object({ is: z.literal('left') }),
]);

export interface DatabaseNodesDeps {
  url: string;
  clock: Clock;
  log: Log;
  /** Hash of what all nodes must have in common: the key that signs orders, and that of sessions. */
  credentials: string;
}

interface Membership {
  session: NodeSession;
  post: WordPost;
  /** Living nodes but this one. */
  others: Set<number>;
  welcomed: Set<number>;
}

/**
 * Servers that share one PostgreSQL. Each holds one connection for it: with it go its lock, which says that it lives, and
 * its ear. What nodes tell each other goes by NOTIFY after the commit it speaks of.
 */
export class DatabaseNodes implements Nodes {
  readonly #deps: DatabaseNodesDeps;
  #watcher: NodeWatcher | undefined;
  #membership: Membership | undefined;
  #leads = false;
  #listeningSince: Instant;
  #looking: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();

  constructor(deps: DatabaseNodesDeps) {
    this.#deps = deps;
    this.#listeningSince = deps.clock.now();
  }

  get number(): number | undefined {
    return this.#membership?.session.number;
  }
  get leads(): boolean {
    return this.#leads;
  }
  get listeningSince(): Instant {
    return this.#listeningSince;
  }

  async join(watcher: NodeWatcher): Promise<void> {
    this.#watcher = watcher;
    await this.#enter();
    this.#looking = this.#keepLooking();
  }

  tell(word: Json): void {
    const membership = this.#membership;
    if (membership && membership.others.size > 0) membership.post.put(word);
  }

  async leave(): Promise<void> {
    this.#stopped.abort();
    await this.#looking;
    const membership = this.#membership;
    this.#membership = undefined;
    this.#leads = false;
    if (!membership) return;
    if (membership.others.size > 0) membership.post.put({ is: 'left' });
    await membership.post.empty();
    await membership.session.close();
  }

  async #enter(): Promise<void> {
    const { url, clock, log, credentials } = this.#deps;
    const session = new NodeSession(url, {
      said: (payload) => this.#hear(session, payload),
      ended: () => this.#fall(session, 'the connection ended'),
    });
    try {
      await session.open({
        name: `${hostname()}, pid ${process.pid}`,
        listeningSince: new Date(this.#listeningSince),
        credentials,
      });
      const rows = (await session.look()).filter(({ lives, number }) => lives && number !== session.number);
      if (rows.some((row) => row.credentials !== credentials))
        throw new AppError(
          'nodes.other_secrets',
          'another server on this database has other secrets, which agents and sessions would not accept: give both ' +
            'the same VAKHTA_SIGNING_KEY and VAKHTA_SESSION_SECRET, or copy secrets.json',
        );
      this.#listeningSince = Math.min(
        this.#listeningSince,
        ...rows.map(({ listeningSince }) => listeningSince.getTime()),
      );
      const post = new WordPost(
        (payloads) =>
          session.notify(payloads.map((words) => `{"from":${session.number},"words":[${words}]}`)),
        () => this.#fall(session, 'the database does not keep up with what is told'),
      );
      const membership: Membership = {
        session,
        post,
        others: new Set(rows.map(({ number }) => number)),
        welcomed: new Set(),
      };
      this.#membership = membership;
      await this.#look(membership);
      log.info({ event: 'node.joined', node: session.number, others: [...membership.others] });
      await this.#waitForWelcome(membership, clock);
    } catch (error) {
      this.#membership = undefined;
      this.#leads = false;
      await session.close();
      throw error;
    }
  }

  /** Whoever does not know of this node yet would not tell it anything. */
  async #waitForWelcome(membership: Membership, clock: Clock): Promise<void> {
    if (membership.others.size === 0) return;
    membership.post.put({ is: 'joined' });
    const end = clock.monotonic() + WELCOME_WITHIN;
    const missing = () => [...membership.others].some((number) => !membership.welcomed.has(number));
    while (this.#membership === membership && missing() && clock.monotonic() < end) {
      await sleep(clock, 20);
      await this.#look(membership);
    }
  }

  async #keepLooking(): Promise<void> {
    const { clock, log } = this.#deps;
    const { signal } = this.#stopped;
    for (;;) {
      await sleep(clock, this.#membership ? LOOK_EVERY : REJOIN_AFTER, signal).catch(() => {});
      if (signal.aborted) return;
      const membership = this.#membership;
      if (membership) {
        await this.#look(membership).catch((error: unknown) =>
          this.#fall(membership.session, error instanceof Error ? error.message : String(error)),
        );
        continue;
      }
      await this.#enter().then(
        () => this.#watcher?.rejoined(),
        (err: unknown) => log.warn({ event: 'node.not_rejoined', err }),
      );
    }
  }

  async #look(membership: Membership): Promise<void> {
    const { session, others } = membership;
    const rows = await session.look();
    if (!this.#leads && (await session.tryToLead())) {
      this.#leads = true;
      this.#deps.log.info({ event: 'node.leads', node: session.number });
    }
    if (this.#leads && rows.length > 1) await session.tidy();
    if (this.#membership !== membership) return;
    this.#notice(others, rows, session.number);
  }

  #notice(others: Set<number>, rows: readonly Row[], own: number): void {
    const living = new Set(rows.filter(({ lives }) => lives).map(({ number }) => number));
    const gone = [
      ...new Set([...others, ...rows.filter(({ lives }) => !lives).map(({ number }) => number)]),
    ].filter((number) => !living.has(number));
    for (const number of living) if (number !== own) others.add(number);
    for (const number of gone) others.delete(number);
    if (gone.length === 0) return;
    this.#deps.log.warn({ event: 'node.lost', nodes: gone });
    this.#watcher?.lost();
  }

  #hear(session: NodeSession, payload: string): void {
    const membership = this.#membership;
    const parsed = Payload.safeParse(parseJson(payload));
    if (membership?.session !== session || !parsed.success) return;
    const { from, words } = parsed.data;
    if (from === session.number) return;
    for (const word of words) {
      const own = OwnWord.safeParse(word);
      if (!own.success) this.#watcher?.heard(word);
      else if (own.data.is === 'left') membership.others.delete(from);
      else if (own.data.is === 'joined') {
        membership.others.add(from);
        membership.post.put({ is: 'welcome', node: from });
      } else if (own.data.node === session.number) membership.welcomed.add(from);
    }
  }

  #fall(session: NodeSession, reason: string): void {
    if (this.#membership?.session !== session) return;
    this.#membership = undefined;
    this.#leads = false;
    session.abandon();
    if (this.#stopped.signal.aborted) return;
    this.#deps.log.warn({ event: 'node.cut_off', node: session.number, reason });
    this.#watcher?.cutOff();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
