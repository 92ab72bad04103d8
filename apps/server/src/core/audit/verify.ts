import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';
import { type ChainedEntry, GENESIS, sealHash } from './chain.ts';

const PAGE = 5000;

/** What is wrong at one place of a chain. */
export interface ChainFault {
  organisation: string;
  position: number;
  problem: 'changed' | 'entry missing' | 'seal missing';
}

export interface AuditVerdict {
  organisations: number;
  /** Sealed entries whose hash was computed anew. */
  verified: number;
  /** Entries written within the last moments and not yet sealed. */
  unsealed: number;
  /** The first fault of each organisation: what follows a fault can not be judged. */
  faults: ChainFault[];
}

type SealedEntry = ChainedEntry & { position: number; hash: Uint8Array; present: boolean };

/** Recomputes every organisation's chain from its first entry. */
export function verifyAudit(database: Database): Promise<AuditVerdict> {
  return database.system(async (tx) => {
    const organisations = await sql<{ org_id: string }>`select distinct org_id from audit_seals`.execute(tx);
    const unsealed = await sql<{ count: number }>`
      select count(*) as count from audit a
      where not exists (select from audit_seals s where s.audit_id = a.id)`.execute(tx);
    const verdict: AuditVerdict = {
      organisations: organisations.rows.length,
      verified: 0,
      unsealed: unsealed.rows[0]?.count ?? 0,
      faults: [],
    };
    for (const { org_id } of organisations.rows) {
      let previous: Uint8Array = GENESIS;
      let position = 0;
      for (;;) {
        const page = await sql<SealedEntry>`
          select s.position, s.hash, a.id is not null as present, a.id, s.org_id, a.at, a.actor_kind, a.actor_id,
                 a.action, a.subject_kind, a.subject_id, a.detail
          from audit_seals s left join audit a on a.id = s.audit_id and a.org_id = s.org_id
          where s.org_id = ${org_id} and s.position > ${position} order by s.position limit ${PAGE}`.execute(
          tx,
        );
        const fault = page.rows.reduce<ChainFault | undefined>((found, entry) => {
          if (found) return found;
          position += 1;
          if (entry.position !== position) return { organisation: org_id, position, problem: 'seal missing' };
          if (!entry.present) return { organisation: org_id, position, problem: 'entry missing' };
          previous = sealHash(previous, position, entry);
          if (!Buffer.from(entry.hash).equals(previous))
            return { organisation: org_id, position, problem: 'changed' };
          verdict.verified += 1;
          return undefined;
        }, undefined);
        if (fault) verdict.faults.push(fault);
        if (fault || page.rows.length < PAGE) break;
      }
    }
    return verdict;
  });
}
