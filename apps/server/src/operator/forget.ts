import { UsageError } from '@vakhta/kernel';
import { membershipsOf } from '../core/access/authenticate.ts';
import { type Forgotten, forgetPerson } from '../core/people-data/forget-person.ts';
import { withDesk } from './desk.ts';
import { fields, parse } from './member-options.ts';

export interface ForgetOptions {
  email: string;
  yes?: boolean;
}

/** `done` undefined: it was only said what would go. */
export interface ForgetResult {
  organisations: string[];
  done: Forgotten | undefined;
}

/** Erases a person's data from the desk, or without `yes` tells what belongs to them. */
export function forgetByHand(options: ForgetOptions): Promise<ForgetResult> {
  const email = parse(fields.email, options.email, '--email');
  return withDesk(async (desk) => {
    const person = await desk.identity.findByEmail(email);
    if (!person) throw new UsageError('member.unknown', `nobody signs in as ${email}`);
    const memberships = await desk.database.system((tx) => membershipsOf(tx, person.id));
    const organisations = memberships.map(({ organisationName }) => organisationName);
    return { organisations, done: options.yes ? await forgetPerson(desk, person) : undefined };
  });
}
