import { sql } from 'kysely';
import type { Identity, Person } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { membershipsOf } from '../access/authenticate.ts';
import { recordAudits, SYSTEM } from '../audit/audit.ts';
import { refuseIfLastOwner } from '../members/member-service.ts';

/** What was there of a person and is no more. */
export interface Forgotten {
  /** Memberships ended, with their tokens and settings. */
  memberships: number;
  /** Invitations to their address withdrawn. */
  invitations: number;
}

/**
 * Erases a person from this server: name, e-mail, password, sessions, second factor, passkeys and sign-ins; memberships
 * with tokens and settings; invitations to their address. What they did stays, under an id that names nobody any more:
 * log and audit never held more than that, so the chain is not touched. Run again it goes on where it was cut off.
 * Throws 'last_owner' where an organisation would be left without one.
 */
export async function forgetPerson(
  { database, identity }: { database: Database; identity: Identity },
  { id, email }: Pick<Person, 'id' | 'email'>,
): Promise<Forgotten> {
  const forgotten = await database.system(async (tx) => {
    const memberships = await membershipsOf(tx, id);
    for (const { organisation, roles } of memberships) await refuseIfLastOwner(tx, organisation, roles);
    await sql`delete from members where user_id = ${id}`.execute(tx);
    await recordAudits(
      tx,
      memberships.map(({ organisation, member }) => ({
        organisation,
        actor: SYSTEM,
        action: 'member.forgotten',
        subject: { kind: 'member', id: member },
      })),
    );
    const { numAffectedRows } = await sql`delete from invitations where email = ${email}`.execute(tx);
    return { memberships: memberships.length, invitations: Number(numAffectedRows ?? 0n) };
  });
  await identity.erasePerson(id);
  return forgotten;
}
