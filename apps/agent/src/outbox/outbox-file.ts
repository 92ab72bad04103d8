import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { AppError, type Clock, newId, type Random, type StreamId, type ThingId } from '@vakhta/kernel';
import type { PictureHeader } from '@vakhta/link';
import type { EncodedObservation, StoredPicture } from './encoded-observation.ts';

/** What a transaction is for. */
export type WriteKind =
  | 'open'
  | 'append'
  | 'accept'
  | 'finish'
  | 'refuse'
  | 'assign'
  | 'trim'
  | 'prune'
  | 'stream';

/** The seam for faults: a full disk, a crash before or after any write. */
export interface OutboxHooks {
  opened?(database: DatabaseSync): void;
  /** May throw in the disk's stead; then nothing of the transaction is on disk. */
  beforeWrite?(kind: WriteKind): void;
  /** The transaction is on disk. */
  afterWrite?(kind: WriteKind): void;
}

/** Observations as they lie in the outbox: JSON texts, in order. */
export interface StoredRow {
  seq: number;
  body: string;
  hasPicture: boolean;
}

const SCHEMA_VERSION = 2;
const SCHEMA = `
  CREATE TABLE stream (id TEXT NOT NULL, acknowledged INTEGER NOT NULL) STRICT;
  CREATE TABLE observation (
    seq INTEGER PRIMARY KEY, body TEXT NOT NULL, bytes INTEGER NOT NULL, has_picture INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE picture (
    seq INTEGER PRIMARY KEY REFERENCES observation ON UPDATE CASCADE ON DELETE CASCADE,
    sha256 TEXT NOT NULL, content_type TEXT NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE command (id TEXT PRIMARY KEY, state TEXT NOT NULL, not_after INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE assignments (things TEXT NOT NULL) STRICT;
  CREATE INDEX command_unfinished ON command (id) WHERE state = 'accepted';
`;
/** What the last event of a name of a thing was known by, so that it is not recorded twice. */
const EVENT_KNOWN_BY = `
  CREATE TABLE event_known_by (
    thing TEXT NOT NULL, name TEXT NOT NULL, once TEXT NOT NULL, PRIMARY KEY (thing, name)
  ) STRICT, WITHOUT ROWID;
`;

/** By what an event of a thing is known. */
export interface KnownBy {
  readonly thing: ThingId;
  readonly name: string;
  readonly once: string;
}

/**
 * The one file on the agent's disk: numbered observations that the server has not acknowledged, their pictures, and
 * the journal of commands. Every `transact` is on disk when it returns (WAL, synchronous FULL: one fsync per
 * transaction). The file is locked: a second process that opens it gets 'outbox.in_use'.
 */
export class OutboxFile {
  readonly database: DatabaseSync;
  readonly #hooks: OutboxHooks;
  readonly #deps: { clock: Clock; random: Random };
  readonly #statements: Record<'insert' | 'picture' | 'read' | 'readPicture' | 'sum' | 'trim', StatementSync>;
  #stream!: StreamId;
  #acknowledged!: number;
  #next!: number;
  #waiting!: { count: number; bytes: number };
  /** The first number given since the file was opened: what lies below was there before. */
  #firstOfThisLife!: number;

  constructor(path: string, deps: { clock: Clock; random: Random }, hooks: OutboxHooks = {}) {
    this.#deps = deps;
    this.#hooks = hooks;
    this.database = openDatabase(path);
    hooks.opened?.(this.database);
    this.#createTables();
    this.#statements = {
      insert: this.database.prepare('INSERT INTO observation VALUES (?, ?, ?, ?)'),
      picture: this.database.prepare('INSERT INTO picture VALUES (?, ?, ?, ?)'),
      read: this.database.prepare(
        'SELECT seq, body, bytes, has_picture FROM observation WHERE seq >= ? ORDER BY seq LIMIT ?',
      ),
      readPicture: this.database.prepare('SELECT sha256, content_type, bytes FROM picture WHERE seq = ?'),
      sum: this.database.prepare(
        'SELECT count(*) AS count, total(bytes) AS bytes FROM observation WHERE seq <= ?',
      ),
      trim: this.database.prepare('DELETE FROM observation WHERE seq <= ?'),
    };
    this.#load();
    this.#firstOfThisLife = this.#next;
  }

  get stream(): StreamId {
    return this.#stream;
  }
  /** Highest number the server has acknowledged; all up to it are gone from here. */
  get acknowledged(): number {
    return this.#acknowledged;
  }
  /** Highest number given; 0 in a new stream. */
  get last(): number {
    return this.#next - 1;
  }
  get waiting(): { readonly count: number; readonly bytes: number } {
    return this.#waiting;
  }

  /** Runs `work` as one transaction that is on disk, whole, when this returns; or throws and nothing of it is. */
  transact<T>(kind: WriteKind, work: () => T): T {
    this.#hooks.beforeWrite?.(kind);
    const before = { next: this.#next, waiting: this.#waiting };
    this.database.exec('BEGIN IMMEDIATE');
    let result: T;
    try {
      result = work();
      this.database.exec('COMMIT');
    } catch (error) {
      this.#next = before.next;
      this.#waiting = before.waiting;
      // SQLite rolls back by itself after some errors, SQLITE_FULL among them.
      if (this.database.isOpen && this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
    this.#hooks.afterWrite?.(kind);
    return result;
  }

  /** Within a transaction: numbers the observations and stores them. Returns their numbers. */
  insert(observations: readonly EncodedObservation[]): number[] {
    return observations.map(({ body, bytes, picture }) => {
      const seq = this.#next;
      this.#statements.insert.run(seq, body, bytes, picture ? 1 : 0);
      if (picture)
        this.#statements.picture.run(seq, picture.header.sha256, picture.header.contentType, picture.bytes);
      this.#next += 1;
      this.#waiting = { count: this.#waiting.count + 1, bytes: this.#waiting.bytes + bytes };
      return seq;
    });
  }

  lastKnownBy(thing: ThingId, name: string): string | undefined {
    const row = this.database
      .prepare('SELECT once FROM event_known_by WHERE thing = ? AND name = ?')
      .get(thing, name);
    return row && String(row.once);
  }

  /** Within a transaction: notes it as the last; false when it was the last already. */
  isNew({ thing, name, once }: KnownBy): boolean {
    const { changes } = this.database
      .prepare(
        `INSERT INTO event_known_by VALUES (?, ?, ?)
         ON CONFLICT (thing, name) DO UPDATE SET once = excluded.once WHERE once <> excluded.once`,
      )
      .run(thing, name, once);
    return changes === 1;
  }

  /** Rows from `from` on, at most `limit` of them and no more bytes than `maxBytes`, but at least one if there is one. */
  read(from: number, limit: number, maxBytes: number): StoredRow[] {
    const rows: StoredRow[] = [];
    let total = 0;
    for (const row of this.#statements.read.iterate(from, limit)) {
      total += Number(row.bytes);
      if (rows.length > 0 && total > maxBytes) break;
      rows.push({ seq: Number(row.seq), body: String(row.body), hasPicture: row.has_picture === 1 });
    }
    return rows;
  }

  readPicture(seq: number): StoredPicture | undefined {
    const row = this.#statements.readPicture.get(seq);
    if (!row) return undefined;
    const header = { sha256: row.sha256, contentType: row.content_type } as PictureHeader;
    return { header, bytes: row.bytes as Uint8Array };
  }

  /** Forgets all up to and including `seq`, which the server has in its log. A repeat does nothing. */
  acknowledge(seq: number): void {
    if (seq <= this.#acknowledged) return;
    // Forgetting need not be durable: after a crash the server says again what it has. Without the fsync an
    // acknowledgement costs the disk nothing; the next transaction that matters syncs it along.
    this.database.exec('PRAGMA synchronous = NORMAL');
    try {
      const gone = this.#statements.sum.get(seq)!;
      this.transact('trim', () => {
        this.#statements.trim.run(seq);
        this.database.prepare('UPDATE stream SET acknowledged = ?').run(seq);
      });
      this.#acknowledged = seq;
      this.#waiting = {
        count: this.#waiting.count - Number(gone.count),
        bytes: this.#waiting.bytes - Number(gone.bytes),
      };
    } finally {
      if (this.database.isOpen) this.database.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Writes without changing anything, to learn whether the disk takes writes again. */
  probe(): void {
    this.transact('trim', () => this.database.exec('UPDATE stream SET acknowledged = acknowledged'));
  }

  /**
   * Begins a new stream, because the server's numbers and ours no longer fit together: one of the two disks went back
   * in time. `serverHas` is the highest number the server knows of the old stream. What was on this disk before this
   * life and the server has by its number is the same fact and goes; all else is renumbered from 1 and sent anew.
   */
  beginStream(serverHas: number): void {
    this.transact('stream', () => {
      const same = Math.min(serverHas, this.#firstOfThisLife - 1);
      this.#statements.trim.run(same);
      // Two steps through negative numbers, so that no row lands on another's number on the way.
      this.database.exec(`
        UPDATE observation SET seq = -seq;
        UPDATE observation SET seq = renumbered.seq
          FROM (SELECT seq AS old, row_number() OVER (ORDER BY seq DESC) AS seq FROM observation) AS renumbered
          WHERE observation.seq = renumbered.old`);
      this.database.prepare('UPDATE stream SET id = ?, acknowledged = 0').run(newId<StreamId>(this.#deps));
    });
    this.#load();
    this.#firstOfThisLife = 1;
  }

  close(): void {
    if (!this.database.isOpen) return;
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
    this.database.close();
  }

  #createTables(): void {
    const version = Number(this.database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > SCHEMA_VERSION)
      throw new AppError('outbox.newer', 'the outbox was written by a newer version of the agent', {
        context: { version, known: SCHEMA_VERSION },
      });
    if (version === SCHEMA_VERSION) return;
    this.#waiting = { count: 0, bytes: 0 };
    this.#next = 1;
    this.transact('open', () => {
      if (version === 0) {
        this.database.exec(SCHEMA);
        this.database.prepare('INSERT INTO stream VALUES (?, 0)').run(newId<StreamId>(this.#deps));
      }
      this.database.exec(EVENT_KNOWN_BY);
      this.database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    });
  }

  #load(): void {
    const stream = this.database.prepare('SELECT id, acknowledged FROM stream').get()!;
    const rows = this.database
      .prepare('SELECT count(*) AS count, total(bytes) AS bytes, max(seq) AS last FROM observation')
      .get()!;
    this.#stream = stream.id as StreamId;
    this.#acknowledged = Number(stream.acknowledged);
    this.#next = Math.max(this.#acknowledged, Number(rows.last ?? 0)) + 1;
    this.#waiting = { count: Number(rows.count), bytes: Number(rows.bytes) };
  }
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
    // Exclusive: one agent per outbox. Taken before WAL, so that no shared-memory file is needed either.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return database;
  } catch (cause) {
    database?.close();
    const busy = cause instanceof Error && 'errcode' in cause && cause.errcode === 5;
    throw busy
      ? new AppError('outbox.in_use', 'another agent uses this data directory', {
          context: { path },
          cause,
          retry: 'after',
        })
      : new AppError('outbox.unreadable', 'the outbox cannot be opened', { context: { path }, cause });
  }
}
