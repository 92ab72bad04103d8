import { type Clock, newId, type OrganisationId, type Random } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { recordAudit, SYSTEM } from '../audit/audit.ts';

/** Until the end of the transaction nobody else makes one: two at once must not make two of the same name. */
export async function lockOrganisations(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('organisations'))`.execute(tx);
}

/** Makes an organisation that nobody belongs to yet. As the system's role. */
export async function createOrganisation(
  tx: Tx,
  name: string,
  deps: { clock: Clock; random: Random },
): Promise<OrganisationId> {
  const organisation = newId<OrganisationId>(deps);
  await tx.insertInto('organisations').values({ org_id: organisation, name }).execute();
  await recordAudit(tx, {
    organisation,
    actor: SYSTEM,
    action: 'organisation.created',
    subject: { kind: 'organisation', id: organisation },
  });
  return organisation;
}

/** Whether there is no organisation at all. */
export const isEmpty = (database: Database): Promise<boolean> => database.system(hasNone);

export async function hasNone(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('organisations').select('org_id').limit(1).execute()).length === 0;
}
