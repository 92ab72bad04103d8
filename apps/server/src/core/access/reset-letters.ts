import type { PasswordResets } from '../../platform/identity/password-resets.ts';
import type { LinkTokens } from '../../platform/secrets/link-tokens.ts';
import { composeReset } from '../letters/compose-letter.ts';
import type { LetterBox } from '../letters/deliver-letters.ts';
import type { AuditPerson } from './audit-person.ts';

export interface ResetLetterDeps {
  resets: PasswordResets;
  links: LinkTokens;
  auditPerson: AuditPerson;
  desk(): string;
}

/** Links for a new password; that one was asked for stands in the audit once its mail is on its way, not before. */
export const resetLetters = ({ resets, links, auditPerson, desk }: ResetLetterDeps): LetterBox => ({
  async take(now, lease) {
    const due = await resets.takeDue(now, lease);
    for (const { user, attempt } of due)
      if (attempt === 1) await auditPerson(user, 'password.reset_requested', 'nobody known');
    return due.map(({ id, email, language, attempt }) => ({
      row: id,
      attempt,
      mail: {
        id,
        to: email,
        ...composeReset(language, `${desk()}/reset#${links.make('password reset', id)}`),
      },
    }));
  },
  markSent: ({ row }, now) => resets.markSent(row, now),
  markUnsent: ({ row }, again, reason) => resets.markUnsent(row, again, reason),
  forgetPast: (now) => resets.forgetPast(now),
});
