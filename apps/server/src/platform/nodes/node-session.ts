import { AppError } from '@vakhta/kernel';
import pg from 'pg';

const CHANNEL = 'vakhta_nodes';
/** Class of the advisory locks: one per living node, by its number, and that of number 0 for the leader. */
const LOCKS = 7210;
const LEADER = 0;
/** A node that gave no sign of life for so long hangs: its session is ended, so that others may take over. */
const HUNG_AFTER_SECONDS = 15;

export interface Row {
  number: number;
  lives: boolean;
  listeningSince: Date;
  credentials: string;
}

/**
 * The one connection that makes a server a node: it holds the node's lock, hears the others, and tells them. When it is
 * gone the node is gone; a new one has a new number.
 */
export class NodeSession {
  readonly #client: pg.Client;
  #number = 0;

  constructor(url: string, on: { said(payload: string): void; ended(): void }) {
    this.#client = new pg.Client({
      connectionString: url,
      application_name: 'vakhta node',
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
      // A machine that lost its power says no farewell: PostgreSQL asks after it, or its lock would be held for hours.
      options:
        '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c synchronous_commit=off',
    });
    this.#client.on('notification', ({ payload }) => on.said(payload ?? ''));
    // 'end' follows; without a listener the error would end the process.
    this.#client.on('error', () => {});
    this.#client.on('end', () => on.ended());
  }

  get number(): number {
    return this.#number;
  }

  /** Registers as a node; nobody sees the row before its lock is held. */
  async open(self: { name: string; listeningSince: Date; credentials: string }): Promise<void> {
    await this.#client.connect();
    await this.#client.query(`listen ${CHANNEL}`);
    await this.#client.query('begin');
    const { rows } = await this.#client.query<{ number: number }>(
      'insert into nodes (name, listening_since, credentials) values ($1, $2, $3) returning number',
      [self.name, self.listeningSince, self.credentials],
    );
    if (!rows[0]) throw new AppError('nodes.not_registered', 'the database gave this node no number');
    this.#number = rows[0].number;
    await this.#client.query('select pg_advisory_lock($1, $2)', [LOCKS, this.#number]);
    await this.#client.query('commit');
  }

  /** Gives a sign of life and says who there is, this node included. */
  async look(): Promise<Row[]> {
    await this.#client.query('update nodes set seen_at = now() where number = $1', [this.#number]);
    const { rows } = await this.#client.query<Row>(
      `select number, node_lives(number) as lives, listening_since as "listeningSince", credentials
       from nodes order by number`,
    );
    return rows;
  }

  /** Whether the leader's lock is now this node's. */
  async tryToLead(): Promise<boolean> {
    const { rows } = await this.#client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1, $2) as mine',
      [LOCKS, LEADER],
    );
    return rows[0]?.mine === true;
  }

  /** Strikes the dead off the list, and ends the sessions of those that hang. */
  async tidy(): Promise<void> {
    await this.#client.query('delete from nodes where not node_lives(number)');
    await this.#client.query(
      `select pg_terminate_backend(l.pid) from nodes n
       join pg_locks l on l.locktype = 'advisory' and l.classid = $1 and l.objid = n.number and l.objsubid = 2 and l.granted
         and l.database = (select oid from pg_database where datname = current_database())
       where n.number <> $2 and n.seen_at < now() - make_interval(secs => $3)`,
      [LOCKS, this.#number, HUNG_AFTER_SECONDS],
    );
  }

  /** Sends each payload to every node, this one included, in order. */
  async notify(payloads: readonly string[]): Promise<void> {
    await this.#client.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
      CHANNEL,
      payloads,
    ]);
  }

  /** Takes the node off the list and hangs up. */
  async close(): Promise<void> {
    await this.#client.query('delete from nodes where number = $1', [this.#number]).catch(() => {});
    await this.#client.end().catch(() => {});
  }

  /** Hangs up at once. */
  abandon(): void {
    void this.#client.end().catch(() => {});
  }
}
