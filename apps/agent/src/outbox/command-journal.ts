import type { CommandId, Instant } from '@vakhta/kernel';
import { days } from '@vakhta/kernel';
import type { ObservationOf } from '@vakhta/link';
import { encodeObservation } from './encoded-observation.ts';
import type { OutboxFile } from './outbox-file.ts';

type CommandObservation = ObservationOf<'command'>;
export type JournalState = CommandObservation['state'];

/** How long an id is remembered past its deadline; by then the deadline itself has long refused a replay. */
export const MEMORY_OF_IDS = days(7);

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

  /** At start: whatever was under way when the last life ended is unknown. Returns how many there were. */
  abandonUnfinished(now: Instant): number {
    const ids = this.#file.database
      .prepare(`SELECT id FROM command WHERE state = 'accepted'`)
      .all()
      .map((row) => row.id as CommandId);
    if (ids.length === 0) return 0;
    this.#file.transact('finish', () => {
      for (const id of ids) this.end(id, 'unknown');
      this.#file.insert(ids.map((id) => encodeObservation(agentRestarted(id, now))));
    });
    return ids.length;
  }

  /** Forgets ids long past their deadline. `now` must be the server's time, the one deadlines are set by. */
  prune(now: Instant): void {
    this.#file.transact('prune', () =>
      this.#file.database
        .prepare(`DELETE FROM command WHERE not_after < ? AND state <> 'accepted'`)
        .run(now - MEMORY_OF_IDS),
    );
  }
}

const agentRestarted = (command: CommandId, at: Instant): CommandObservation => ({
  kind: 'command',
  command,
  state: 'unknown',
  code: 'agent_restarted',
  message: 'the agent stopped while the command was under way',
  at,
});
