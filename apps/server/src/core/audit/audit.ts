import { canonicalJson, type Json, type OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

/** Who acted. People are named by their member id only, so that a person can be forgotten without touching the chain. */
export interface Actor {
  kind: 'member' | 'agent' | 'system';
  id: string | null;
}

export const SYSTEM: Actor = { kind: 'system', id: null };

export interface AuditRecord {
  organisation: OrganisationId;
  actor: Actor;
  /** Dotted verb in the past tense: 'site.created', 'command.requested'. */
  action: string;
  subject?: { kind: string; id: string };
  detail?: Json;
}

/** Writes what was done, in the transaction that does it: neither can be there without the other. */
export const recordAudit = (tx: Tx, record: AuditRecord): Promise<void> => recordAudits(tx, [record]);

export async function recordAudits(tx: Tx, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  await sql`
    insert into audit (org_id, actor_kind, actor_id, action, subject_kind, subject_id, detail)
    select * from unnest(
      ${records.map((record) => record.organisation)}::uuid[],
      ${records.map((record) => record.actor.kind)}::text[],
      ${records.map((record) => record.actor.id)}::uuid[],
      ${records.map((record) => record.action)}::text[],
      ${records.map((record) => record.subject?.kind ?? null)}::text[],
      ${records.map((record) => record.subject?.id ?? null)}::text[],
      ${records.map((record) => canonicalJson(record.detail ?? {}))}::jsonb[]
    )`.execute(tx);
}
