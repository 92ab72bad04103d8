import type { Dialect, Statement } from '../dialects/dialect.ts';

/** One connection to a target; calls are made one at a time. Every call may fail, and then the session is of no more use. */
export interface Session {
  begin(): Promise<void>;
  /** Answers the rows the statement gives, columns by name. */
  run(statement: Statement): Promise<readonly Readonly<Record<string, unknown>>[]>;
  commit(): Promise<void>;
  /** Cuts the connection at once; what is not committed is undone by the database. Never fails; idempotent. */
  close(): void;
}

/** A database to mirror to. */
export interface Target {
  /** Host, port and database, for people; never the password. */
  readonly address: string;
  readonly dialect: Dialect;
  /** The schema all tables lie in. */
  readonly schema: string;
  open(): Promise<Session>;
}
