import type { Language } from '@vakhta/api';
import { days } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';
import type { LinkTokens } from '../../platform/secrets/link-tokens.ts';
import { composeInvitation } from '../letters/compose-letter.ts';
import type { LetterBox } from '../letters/deliver-letters.ts';

export interface InvitationLinkDeps {
  links: LinkTokens;
  /** Where people open the desk. */
  desk(): string;
}

/** Whoever invited sees for so long that it was not taken up. */
const KEPT_AFTER = days(30);

/** After the '#', which a browser sends to nobody and no log holds. */
export const invitationLink = ({ links, desk }: InvitationLinkDeps, id: string): string =>
  `${desk()}/join#${links.make('invitation', id)}`;

interface Taken {
  id: string;
  email: string;
  language: Language;
  organisation: string;
  expires_at: Date;
  attempt: number;
}

export const invitationLetters = (database: Database, deps: InvitationLinkDeps): LetterBox => ({
  async take(now, lease) {
    const { rows } = await database.system((tx) =>
      sql<Taken>`
        update invitations i set mail_due_at = ${new Date(lease)}, mail_attempts = mail_attempts + 1
        from organisations o where o.org_id = i.org_id and i.mailed_at is null and i.mail_due_at <= ${new Date(now)}
          and i.expires_at > ${new Date(now)}
        returning i.id, i.email, i.language, o.name as organisation, i.expires_at, i.mail_attempts as attempt`.execute(
        tx,
      ),
    );
    return rows.map(({ id, email, language, organisation, expires_at, attempt }) => ({
      row: id,
      attempt,
      mail: {
        // One that was renewed is another mail.
        id: `${id}-${expires_at.getTime()}`,
        to: email,
        ...composeInvitation(language, organisation, invitationLink(deps, id)),
      },
    }));
  },
  markSent: ({ row }, now) =>
    database.system(async (tx) => {
      await sql`update invitations set mailed_at = ${new Date(now)}, mail_error = null where id = ${row}`.execute(
        tx,
      );
    }),
  markUnsent: ({ row }, again, reason) =>
    database.system(async (tx) => {
      await sql`update invitations set mail_due_at = ${new Date(again)}, mail_error = ${reason} where id = ${row}`.execute(
        tx,
      );
    }),
  forgetPast: (now) =>
    database.system(async (tx) => {
      await sql`delete from invitations where expires_at < ${new Date(now - KEPT_AFTER)}`.execute(tx);
    }),
});
