import { UsageError } from '@vakhta/kernel';
import { membershipsOf } from '../core/access/authenticate.ts';
import { recordAudits, SYSTEM } from '../core/audit/audit.ts';
import { withDesk } from './desk.ts';
import { fields, madeUpPassword, parse, readPassword } from './member-options.ts';

export interface MemberPasswordOptions {
  email: string;
  passwordStdin?: boolean;
}

/**
 * Sets a new password for a person who forgot theirs and ends their sessions; every organisation they belong to is told
 * so by its audit. Returns the password where it was made up: it is shown this once.
 */
export async function setPasswordByHand(options: MemberPasswordOptions): Promise<{ password?: string }> {
  const email = parse(fields.email, options.email, '--email');
  const given = options.passwordStdin ? await readPassword() : undefined;
  const password = given ?? madeUpPassword();
  return withDesk(async ({ database, identity }) => {
    const person = await identity.findByEmail(email);
    if (!person) throw new UsageError('member.unknown', `nobody signs in as ${email}`);
    await identity.setPassword(person.id, password);
    await database.system(async (tx) =>
      recordAudits(
        tx,
        (await membershipsOf(tx, person.id)).map(({ organisation, member }) => ({
          organisation,
          actor: SYSTEM,
          action: 'password.reset',
          subject: { kind: 'member', id: member },
        })),
      ),
    );
    return given === undefined ? { password } : {};
  });
}
