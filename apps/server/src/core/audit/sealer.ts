import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { type ChainedEntry, GENESIS, sealHash } from './chain.ts';

const BATCH = 2000;
/** Serialises sealing among server nodes. */
const LOCK = 7_203_001;
/** An entry whose transaction stayed open longer than this is still found by the full look at the next start. */
const LATE_COMMIT_IDS = 100_000;

/**
 * Chains entries that are not yet sealed, in one order, oldest first. Run every second by one node: entries get their
 * place in the chain moments after they were written, so that writers never wait for one another.
 */
export class AuditSealer {
  readonly #database: Database;
  /** Everything at or below this id is sealed. 0 at start: the first run looks at all. */
  #sealedUpTo = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Seals what there is; returns how many entries were sealed. */
  async run(): Promise<number> {
    let total = 0;
    for (;;) {
      const sealed = await this.#database.system((tx) => this.#sealBatch(tx));
      total += sealed;
      if (sealed < BATCH) return total;
    }
  }

  async #sealBatch(tx: Tx): Promise<number> {
    const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as held`.execute(tx);
    if (!lock.rows[0]?.held) return 0;
    const { rows } = await sql<ChainedEntry>`
      select a.* from audit a
      where a.id > ${this.#sealedUpTo} and not exists (select from audit_seals s where s.audit_id = a.id)
      order by a.id limit ${BATCH}`.execute(tx);
    if (rows.length === 0) return 0;
    const heads = await this.#heads(tx, [...new Set(rows.map((row) => row.org_id))]);
    const seals = rows.map((entry) => {
      const head = heads.get(entry.org_id) ?? { position: 0, hash: GENESIS };
      const position = head.position + 1;
      const hash = sealHash(head.hash, position, entry);
      heads.set(entry.org_id, { position, hash });
      return { org: entry.org_id, position, id: entry.id, hash };
    });
    await sql`
      insert into audit_seals (org_id, position, audit_id, hash)
      select * from unnest(
        ${seals.map((seal) => seal.org)}::uuid[],
        ${seals.map((seal) => seal.position)}::bigint[],
        ${seals.map((seal) => seal.id)}::bigint[],
        ${seals.map((seal) => seal.hash)}::bytea[]
      )`.execute(tx);
    if (rows.length < BATCH) this.#sealedUpTo = Math.max(0, (rows.at(-1)?.id ?? 0) - LATE_COMMIT_IDS);
    return rows.length;
  }

  async #heads(
    tx: Tx,
    organisations: string[],
  ): Promise<Map<string, { position: number; hash: Uint8Array }>> {
    const { rows } = await sql<{ org_id: string; position: number; hash: Uint8Array }>`
      select distinct on (org_id) org_id, position, hash from audit_seals
      where org_id = any(${organisations}::uuid[]) order by org_id, position desc`.execute(tx);
    return new Map(rows.map((row) => [row.org_id, row]));
  }
}
