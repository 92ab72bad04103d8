import { createHash } from 'node:crypto';
import { canonicalJson } from '@vakhta/kernel';

/** An audit row as it is hashed. */
export interface ChainedEntry {
  id: number;
  org_id: string;
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  detail: unknown;
}

/** What stands before the first entry of an organisation. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256 over the hash before, the position and every column of the entry in canonical JSON (RFC 8785). */
export function sealHash(previous: Uint8Array, position: number, entry: ChainedEntry): Buffer {
  const text = canonicalJson({
    position,
    id: entry.id,
    organisation: entry.org_id,
    at: entry.at.toISOString(),
    actor: [entry.actor_kind, entry.actor_id],
    action: entry.action,
    subject: [entry.subject_kind, entry.subject_id],
    detail: entry.detail,
  });
  return createHash('sha256').update(previous).update(text).digest();
}
