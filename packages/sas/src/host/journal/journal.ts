/** One thing that is true from now on, about the transaction `id`. */
export interface JournalEntry {
  readonly id: string;
  /** What the transaction is: each kind reads its own. */
  readonly kind: 'transfer' | 'ticketIn' | 'ticketOut';
  /** Nothing more will follow about it. */
  readonly closed: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * What must survive a crash. An entry is on the disk when `write` resolves; nothing that moves money goes on the wire
 * before that.
 */
export interface Journal {
  write(entry: JournalEntry): Promise<void>;
  /** What is not closed, oldest first, all entries of each. */
  open(): Promise<readonly JournalEntry[]>;
}

/** Entries of the transactions that are not closed. */
export function openEntries(entries: readonly JournalEntry[]): JournalEntry[] {
  const closed = new Set(entries.filter((entry) => entry.closed).map(({ kind, id }) => `${kind} ${id}`));
  return entries.filter(({ kind, id }) => !closed.has(`${kind} ${id}`));
}

/** For tests and for hosts that move no money: forgotten with the process. */
export class MemoryJournal implements Journal {
  readonly entries: JournalEntry[] = [];

  async write(entry: JournalEntry): Promise<void> {
    this.entries.push(entry);
  }

  async open(): Promise<readonly JournalEntry[]> {
    return openEntries(this.entries);
  }
}
