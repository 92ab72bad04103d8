import { DatabaseSync } from 'node:sqlite';
import type { Json } from '@vakhta/kernel';
import type { Journal, JournalEntry } from '@vakhta/sas';
import * as z from 'zod';
import { CreditKind, TransferDirection, TransferId } from '../facts/index.ts';

/** The seam for faults: a crash before or after any write. */
export interface StoreHooks {
  beforeWrite?(): void;
  /** It is on disk. */
  afterWrite?(): void;
}

/** A transfer that this agent was ordered to make. */
export const OrderedTransfer = z.strictObject({
  transfer: TransferId,
  kind: CreditKind,
  direction: TransferDirection,
  requestedCents: z.int().positive(),
  /** The AFT meter of its flow when it was ordered; null where the machine does not have it. */
  meterBefore: z.int().nonnegative().nullable(),
});
export type OrderedTransfer = z.infer<typeof OrderedTransfer>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS journal (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, facts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS transfer (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, facts TEXT NOT NULL, is_open INTEGER NOT NULL
  ) STRICT;
`;
/** A machine itself refuses the id of its last transfer; ours are remembered for so many. */
const transfersKept = 10_000;

/**
 * What must outlive the agent about one machine: how far the talk with it got, what it was known as, and the journal of
 * its money. Every write is on disk when it returns.
 */
export class MachineStore implements Journal {
  readonly #database: DatabaseSync;
  readonly #hooks: StoreHooks;

  constructor(path: string, hooks: StoreHooks = {}) {
    this.#hooks = hooks;
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
  }

  /** A value by name, of the shape it is expected to have; undefined when there is none. */
  mark<T>(name: string, shape: z.ZodType<T>): T | undefined {
    const row = this.#database.prepare('SELECT value FROM mark WHERE name = ?').get(name);
    return row && shape.parse(JSON.parse(String(row.value)));
  }

  setMark(name: string, value: Json): void {
    this.#write(() =>
      this.#database
        .prepare('INSERT INTO mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
        .run(name, JSON.stringify(value)),
    );
  }

  clearMark(name: string): void {
    this.#write(() => this.#database.prepare('DELETE FROM mark WHERE name = ?').run(name));
  }

  async write({ id, kind, closed, facts }: JournalEntry): Promise<void> {
    this.#write(() =>
      closed
        ? this.#database.prepare('DELETE FROM journal WHERE id = ? AND kind = ?').run(id, kind)
        : this.#database
            .prepare('INSERT INTO journal (id, kind, facts) VALUES (?, ?, ?)')
            .run(id, kind, JSON.stringify(facts)),
    );
  }

  async open(): Promise<readonly JournalEntry[]> {
    const rows = this.#database.prepare('SELECT id, kind, facts FROM journal ORDER BY seq').all();
    return rows.map((row) => ({
      id: String(row.id),
      kind: row.kind as JournalEntry['kind'],
      closed: false,
      facts: JSON.parse(String(row.facts)),
    }));
  }

  /** Whether anything about this transfer is in the journal: then it may have been on the wire. */
  isJournalled(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM journal WHERE id = ?').get(id) !== undefined;
  }

  /** Takes an order; false when its id was ever ordered before. */
  takeTransfer(order: OrderedTransfer): boolean {
    if (this.transfer(order.transfer)) return false;
    this.#write(() => {
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO transfer (id, facts, is_open) VALUES (?, ?, 1)')
        .run(order.transfer, JSON.stringify(order));
      this.#database
        .prepare('DELETE FROM transfer WHERE seq <= ? AND is_open = 0')
        .run(Number(lastInsertRowid) - transfersKept);
    });
    return true;
  }

  transfer(id: string): OrderedTransfer | undefined {
    const row = this.#database.prepare('SELECT facts FROM transfer WHERE id = ?').get(id);
    return row && OrderedTransfer.parse(JSON.parse(String(row.facts)));
  }

  openTransfers(): OrderedTransfer[] {
    const rows = this.#database.prepare('SELECT facts FROM transfer WHERE is_open = 1 ORDER BY seq').all();
    return rows.map((row) => OrderedTransfer.parse(JSON.parse(String(row.facts))));
  }

  closeTransfer(id: string): void {
    this.#write(() => this.#database.prepare('UPDATE transfer SET is_open = 0 WHERE id = ?').run(id));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #write(work: () => void): void {
    this.#hooks.beforeWrite?.();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    this.#hooks.afterWrite?.();
  }
}
