import { Assignment } from '@vakhta/link';
import * as z from 'zod';
import type { Outbox } from './outbox.ts';

const Assignments = z.array(Assignment);

/**
 * What this agent was last told to look after, so that after a restart it goes on doing so before, or without, a server
 * to ask: machines do not stop counting while the line is down.
 */
export class AssignmentMemory {
  readonly #outbox: Outbox;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** The last list; empty when there was none, or when it was written by a version whose form is no longer ours. */
  load(): Assignment[] {
    return Assignments.safeParse(JSON.parse(this.#text() ?? '[]')).data ?? [];
  }

  /** Keeps the list if the disk takes it; if not, the server tells it again at the next connect. */
  save(things: readonly Assignment[]): void {
    const text = JSON.stringify(things);
    if (text === this.#text()) return;
    const { database } = this.#outbox.file;
    this.#outbox.writeNow('assign', [], {
      also: () => {
        database.exec('DELETE FROM assignments');
        database.prepare('INSERT INTO assignments VALUES (?)').run(text);
      },
    });
  }

  #text(): string | undefined {
    const row = this.#outbox.file.database.prepare('SELECT things FROM assignments').get();
    return row && String(row.things);
  }
}
