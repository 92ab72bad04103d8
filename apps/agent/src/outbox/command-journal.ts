import { type CommandId, days, type Instant } from '@vakhta/kernel';
import type { ObservationOf } from '@vakhta/link';
import type { OutboxFile } from './outbox-file.ts';

export type JournalState = ObservationOf<'command'>['state'];

/** How long an id is remembered past its deadline; by then the deadline itself has long refused a replay. */
const MEMORY_OF_IDS = days(7);

/**
 * Which commands this agent has taken, on disk beside the outbox: the reason that none runs twice. An order is entered
 * in the same transaction as the observation `accepted`, before the driver hears of it; its end in the same
 * transaction as the result. What was entered and has no end when the agent starts is `unknown`, and never run again.
 */
export class CommandJournal {
  readonly #file: OutboxFile;

  constructor(file: OutboxFile) {
    this.#file = file;
  }

  /** How the command stands here; undefined for one never heard of. */
  stateOf(id: CommandId): JournalState | undefined {
    const row = this.#file.database.prepare('SELECT state FROM command WHERE id = ?').get(id);
    return row?.state as JournalState | undefined;
  }

  /** Within a transaction: enters an order. */
  enter(id: CommandId, state: 'accepted' | 'refused', notAfter: Instant): void {
    this.#file.database.prepare('INSERT INTO command VALUES (?, ?, ?)').run(id, state, notAfter);
  }

  /** Within a transaction: enters the end of an accepted command; false when it had one already. */
  end(id: CommandId, state: JournalState): boolean {
    const { changes } = this.#file.database
      .prepare(`UPDATE command SET state = ? WHERE id = ? AND state = 'accepted'`)
      .run(state, id);
    return changes === 1;
  }

  /** What has begun and not ended; at start, that is what was under way when the last life ended. */
  unfinished(): CommandId[] {
    const rows = this.#file.database.prepare(`SELECT id FROM command WHERE state = 'accepted'`).all();
    return rows.map((row) => row.id as CommandId);
  }

  /** Within a transaction: forgets ids long past their deadline. `now` must be the server's time. */
  prune(now: Instant): void {
    this.#file.database
      .prepare(`DELETE FROM command WHERE not_after < ? AND state <> 'accepted'`)
      .run(now - MEMORY_OF_IDS);
  }
}
