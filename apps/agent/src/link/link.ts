import { type Duration, seconds, type Timer } from '@vakhta/kernel';
import { LINK_PATH, LinkClose } from '@vakhta/link';
import { BackOff } from '../back-off.ts';
import { LinkSession, type SessionDeps, type SessionEnd } from './link-session.ts';

/** A connection that held so long was a good one: the next failure begins with short waits again. */
const GOOD_AFTER: Duration = seconds(5);

/**
 * The agent's one link to the server, for as long as the agent lives: connects, connects again with back-off and jitter,
 * and stops for good when the enrolment was taken back.
 */
export class Link {
  readonly #deps: SessionDeps;
  readonly #onRevoked: () => void;
  readonly #backOff: BackOff;
  #session: LinkSession | undefined;
  #waiting: Timer | undefined;
  #stopped = false;

  constructor(deps: SessionDeps, onRevoked: () => void) {
    this.#deps = deps;
    this.#onRevoked = onRevoked;
    this.#backOff = new BackOff(deps.random, 250, seconds(30));
  }

  get isOpen(): boolean {
    return this.#session?.isOpen ?? false;
  }
  /** Open, and everything written is acknowledged. */
  get isIdle(): boolean {
    return this.#session?.isIdle ?? false;
  }

  start(): void {
    if (this.#stopped) return;
    this.#session = new LinkSession(this.#deps, (end) => this.#onEnd(end));
  }

  pump(): void {
    this.#session?.pump();
  }

  scheduleFlush(): void {
    this.#session?.scheduleFlush();
  }

  flushValues(): void {
    this.#session?.flushValues();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting?.cancel();
    this.#session?.close(1000, 'the agent stops');
  }

  /** Lets go at once and without a farewell, as a crash does. */
  abandon(): void {
    this.#stopped = true;
    this.#waiting?.cancel();
    this.#session?.abandon();
  }

  #onEnd({ code, reason, openFor }: SessionEnd): void {
    this.#session = undefined;
    if (this.#stopped) return;
    if (code === LinkClose.revoked) {
      this.#stopped = true;
      this.#deps.log('error', 'link.revoked', { reason });
      this.#onRevoked();
      return;
    }
    if (openFor >= GOOD_AFTER) this.#backOff.reset();
    const delay = this.#backOff.next();
    this.#deps.log(openFor > 0 ? 'warn' : 'info', 'link.closed', { code, reason, openFor, retryIn: delay });
    this.#waiting = this.#deps.clock.after(delay, () => this.start());
  }
}

/** Where the link of a server is: 'https://desk.example' → 'wss://desk.example/api/v1/link'. */
export function linkUrl(server: string): string {
  const url = new URL(server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = url.pathname.replace(/\/$/, '') + LINK_PATH;
  return url.href;
}
