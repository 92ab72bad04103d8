import type { Language, Role } from '@vakhta/api';
import type { Instant, OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';

export interface InvitationRow {
  id: string;
  organisation: OrganisationId;
  organisationName: string;
  email: string;
  roles: Role[];
  language: Language;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  mailedAt: Date | null;
  mailProblem: string | null;
}

const columns = sql`i.id, i.org_id as organisation, o.name as "organisationName", i.email, i.roles, i.language,
  i.invited_by as "invitedBy", i.created_at as "createdAt", i.expires_at as "expiresAt", i.mailed_at as "mailedAt",
  i.mail_error as "mailProblem"`;

/** Latest first; all there are, for they are few and do not stay. */
export async function selectInvitations(tx: Tx): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`
    select ${columns} from invitations i join organisations o using (org_id) order by i.created_at desc, i.id`.execute(
    tx,
  );
  return rows;
}

export async function requireInvitation(tx: Tx, id: string): Promise<InvitationRow> {
  const found = (await selectInvitations(tx)).find((row) => row.id === id);
  if (!found) throw notFound('invitation');
  return found;
}

/** The one a link names, if it still holds. As the system's role: whoever follows the link is nobody yet. */
export async function findByLink(tx: Tx, id: string, now: Instant): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`
    select ${columns} from invitations i join organisations o using (org_id)
    where i.id = ${id} and i.expires_at > ${new Date(now)}`.execute(tx);
  return rows[0];
}

export interface NewInvitation {
  id: string;
  organisation: OrganisationId;
  email: string;
  roles: readonly Role[];
  language: Language;
  invitedBy: string;
}

/** `mailDue` null: nothing is mailed, its link is handed over by hand. */
export async function insertInvitation(
  tx: Tx,
  { id, organisation, email, roles, language, invitedBy }: NewInvitation,
  times: { now: Instant; expires: Instant; mailDue: Instant | null },
): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into invitations (id, org_id, email, roles, language, invited_by, created_at, expires_at, mail_due_at)
    values (${id}, ${organisation}, ${email}, ${[...roles]}, ${language}, ${invitedBy}, ${new Date(times.now)},
      ${new Date(times.expires)}, ${times.mailDue === null ? null : new Date(times.mailDue)})
    on conflict (org_id, email) do nothing`.execute(tx);
  if (numAffectedRows === 0n)
    throw new HttpProblem('conflict', 'this address is invited already', { field: 'email', rule: 'unique' });
}

/** Good for as long again, and mailed anew. */
export async function renewInvitation(
  tx: Tx,
  id: string,
  times: { expires: Instant; mailDue: Instant | null },
): Promise<void> {
  await sql`
    update invitations set expires_at = ${new Date(times.expires)}, mail_attempts = 0, mailed_at = null, mail_error = null,
      mail_due_at = ${times.mailDue === null ? null : new Date(times.mailDue)}
    where id = ${id}`.execute(tx);
}

/** False: it was taken up or withdrawn meanwhile. */
export async function deleteInvitation(tx: Tx, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from invitations where id = ${id}`.execute(tx);
  return numAffectedRows === 1n;
}
