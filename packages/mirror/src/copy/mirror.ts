import {
  type AppError,
  type Clock,
  type Duration,
  type Instant,
  minutes,
  type Random,
  seconds,
  UsageError,
} from '@vakhta/kernel';
import { targetError } from '../errors.ts';
import { checkTables } from '../source/check-table.ts';
import type { Position, ReadLimit, Source } from '../source/source.ts';
import type { Session, Target } from '../target/session.ts';
import { backOff } from './back-off.ts';
import { type BatchCopier, batchCopier, type Gap } from './copy-batch.ts';
import { openLimited } from './limited-session.ts';
import { prepareTarget } from './prepare-target.ts';
import { fromSource } from './source-error.ts';
import type { MirrorState, MirrorStatus } from './status.ts';

export interface MirrorOptions {
  /** What one transaction holds at most, and so what is in memory at once. Default 500 rows, 1 MiB. */
  readonly batch?: ReadLimit;
  /** How often the source is asked for news without being woken. Default 1 s. */
  readonly poll?: Duration;
  /** How long any answer of the target may take. Default 30 s. */
  readonly answerWithin?: Duration;
  /** The first and the longest wait after failures. Default 1 s and 1 min. */
  readonly backOff?: { readonly first: Duration; readonly limit: Duration };
  /** Told of every change of state; what it throws ends the process, as in any callback. */
  readonly onState?: (state: MirrorState) => void;
}

const MAX_NAME = 100;

/**
 * Keeps a target level with a source, one way. It may be stopped or die at any moment: the next one goes on where the
 * target says it is. One connection; nothing is connected before `start`.
 */
export class Mirror {
  readonly #source: Source;
  readonly #target: Target;
  readonly #clock: Clock;
  readonly #copy: BatchCopier;
  readonly #poll: Duration;
  readonly #answerWithin: Duration;
  readonly #waitAfter: (failures: number) => Duration;
  readonly #onState: (state: MirrorState) => void;
  #state: MirrorState = { state: 'stopped' };
  #position: Position | null = null;
  #committedAt: Instant | null = null;
  #copied = 0;
  #gap: Gap | null = null;
  #failures = 0;
  #session: Session | undefined;
  #running: Promise<void> | undefined;
  #stopping = false;
  #news = false;
  #endPause: () => void = () => {};

  /** Throws `UsageError` for a source whose declarations the targets cannot take. */
  constructor(
    deps: {
      readonly source: Source;
      readonly target: Target;
      readonly clock: Clock;
      readonly random: Random;
    },
    options: MirrorOptions = {},
  ) {
    const { source, target, clock, random } = deps;
    checkTables(source.tables);
    for (const name of [source.name, source.stream])
      if (name.length === 0 || name.length > MAX_NAME || name.endsWith(' '))
        throw new UsageError(
          'mirror.bad_name',
          `a source's name and stream: 1 to ${MAX_NAME} characters, no space at the end`,
        );
    this.#source = source;
    this.#target = target;
    this.#clock = clock;
    this.#copy = batchCopier(source, target, options.batch ?? { rows: 500, bytes: 1024 * 1024 });
    this.#poll = options.poll ?? seconds(1);
    this.#answerWithin = options.answerWithin ?? seconds(30);
    const { first, limit } = options.backOff ?? { first: seconds(1), limit: minutes(1) };
    this.#waitAfter = backOff(random, first, limit);
    this.#onState = options.onState ?? (() => {});
  }

  /** Begins to mirror; does nothing while it does. */
  start(): void {
    if (this.#running) return;
    this.#stopping = false;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#enter({ state: 'stopped' });
    });
  }

  /** Says that the source has news, or that a failure was mended: it looks at once. */
  wake(): void {
    this.#news = true;
    this.#endPause();
  }

  /** Lets the batch under way end, for at most `grace`, then cuts the connection. */
  async stop(grace: Duration = seconds(5)): Promise<void> {
    this.#stopping = true;
    this.#endPause();
    const cut = this.#clock.after(grace, () => this.#session?.close());
    await this.#running;
    cut.cancel();
  }

  async status(): Promise<MirrorStatus> {
    const position = this.#position ?? (await fromSource(this.#source, () => this.#source.mirroredThrough()));
    const pending =
      position === null ? null : await fromSource(this.#source, () => this.#source.pending(position));
    const age = pending?.oldestAt == null ? 0 : Math.max(0, this.#clock.now() - pending.oldestAt);
    return {
      ...this.#state,
      position,
      lag: pending && { rows: pending.rows, age },
      committedAt: this.#committedAt,
      copied: this.#copied,
      gap: this.#gap,
    };
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        this.#enter({ state: 'connecting' });
        this.#session = await openLimited(this.#target, this.#clock, this.#answerWithin);
        await prepareTarget(this.#session, this.#target, this.#source, this.#clock.now());
        await this.#keepLevel(this.#session);
      } catch (error) {
        // A connection that `stop` cut is no failure.
        if (!this.#stopping) await this.#waitOut(targetError(error, this.#target.address));
      } finally {
        this.#session?.close();
        this.#session = undefined;
      }
    }
  }

  async #keepLevel(session: Session): Promise<void> {
    this.#enter({ state: 'copying' });
    let known: Position | undefined;
    while (!this.#stopping) {
      this.#news = false;
      if (known === undefined || (await this.#hasRowsAbove(known))) {
        if (this.#state.state === 'level') this.#enter({ state: 'copying' });
        known = await this.#copyNext(session);
      } else {
        if (this.#state.state !== 'level') this.#enter({ state: 'level' });
        await this.#pause(this.#poll);
      }
    }
  }

  async #copyNext(session: Session): Promise<Position> {
    const { position, rows, gap } = await this.#copy(session, this.#clock.now());
    this.#failures = 0;
    this.#position = position;
    this.#copied += rows;
    if (rows > 0) this.#committedAt = this.#clock.now();
    if (gap) this.#gap = gap;
    await fromSource(this.#source, () => this.#source.mirrored(position));
    return position;
  }

  async #hasRowsAbove(position: Position): Promise<boolean> {
    const rows = await fromSource(this.#source, () => this.#source.read(position, { rows: 1, bytes: 1 }));
    return rows.length > 0;
  }

  async #waitOut(error: AppError): Promise<void> {
    this.#session?.close();
    this.#failures += 1;
    const wait = this.#waitAfter(this.#failures);
    this.#enter({ state: 'waiting', error, failures: this.#failures, until: this.#clock.now() + wait });
    this.#news = false;
    await this.#pause(wait);
  }

  /** Ends early when there is news, also news that came just before. */
  async #pause(duration: Duration): Promise<void> {
    if (this.#news || this.#stopping) return;
    await new Promise<void>((resolve) => {
      const timer = this.#clock.after(duration, resolve);
      this.#endPause = () => {
        timer.cancel();
        resolve();
      };
    });
    this.#endPause = () => {};
  }

  #enter(state: MirrorState): void {
    this.#state = state;
    this.#onState(state);
  }
}
