import { createHash } from 'node:crypto';
import { type Clock, type Duration, minutes } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';

export interface AttemptLimitOptions {
  /** What is attempted; limits of different names do not count together. */
  name: string;
  failures: number;
  period?: Duration;
}

/**
 * How often something may fail for one key, such as sign-in for an e-mail, on whichever server it is tried. Only failures
 * count, so that a person who knows the password is not held up by having used it; an attempt is counted before its
 * outcome is known, so that a hundred at once are not a hundred guesses.
 */
export class AttemptLimit {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #failures: number;
  readonly #period: Duration;

  constructor(
    database: Database,
    clock: Clock,
    { name, failures, period = minutes(15) }: AttemptLimitOptions,
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#name = name;
    this.#failures = failures;
    this.#period = period;
  }

  /** False: refused. Otherwise the attempt counts as failed until `forgive` says it was not. */
  async begin(key: string): Promise<boolean> {
    const now = this.#clock.now();
    const isOver = sql`attempts.until <= ${new Date(now)}`;
    return this.#database.system(async (tx) => {
      const { rows } = await sql`
        insert into attempts (key, failures, until)
        values (${this.#hash(key)}, 1, ${new Date(now + this.#period)})
        on conflict (key) do update set
          failures = case when ${isOver} then 1 else attempts.failures + 1 end,
          until = case when ${isOver} then excluded.until else attempts.until end
        where ${isOver} or attempts.failures < ${this.#failures}
        returning failures`.execute(tx);
      return rows.length > 0;
    });
  }

  async forgive(key: string): Promise<void> {
    await this.#database.system((tx) =>
      sql`update attempts set failures = failures - 1 where key = ${this.#hash(key)} and failures > 0`.execute(
        tx,
      ),
    );
  }

  /** An address or an e-mail that somebody tried is nobody's to read. */
  #hash(key: string): Buffer {
    return createHash('sha256').update(`${this.#name}\n${key}`).digest();
  }
}

/** Periods that are over count for nothing. */
export async function forgetPastAttempts(database: Database, clock: Clock): Promise<void> {
  await database.system((tx) =>
    sql`delete from attempts where until <= ${new Date(clock.now())}`.execute(tx),
  );
}
