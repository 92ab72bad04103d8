import { type Member, Role } from '@vakhta/api';
import { type OrganisationId, systemClock, systemRandom, UsageError } from '@vakhta/kernel';
import { SYSTEM } from '../core/audit/audit.ts';
import { addMember, ensurePerson } from '../core/members/member-service.ts';
import { createOrganisation, lockOrganisations } from '../core/organisations/create-organisation.ts';
import type { Tx } from '../platform/postgres/database.ts';
import { withDesk } from './desk.ts';
import { fields, madeUpPassword, parse, readPassword } from './member-options.ts';

export interface MemberAddOptions {
  email: string;
  name: string;
  role: string[];
  organisation?: string;
  passwordStdin?: boolean;
}

export interface MemberAdded {
  member: Member['id'];
  user: string;
  organisation: string;
  roles: Role[];
  /** Made up for a new person where none was given; shown this once. */
  password: string | undefined;
}

/** Adds a person to an organisation, which is made if there is none of that name: how the first owner comes in. */
export async function addMemberByHand(options: MemberAddOptions): Promise<MemberAdded> {
  const email = parse(fields.email, options.email, '--email');
  const name = parse(fields.name, options.name, '--name');
  const roles = options.role.map((role) => parse(Role, role, '--role'));
  const wanted =
    options.organisation === undefined
      ? undefined
      : parse(fields.name, options.organisation, '--organisation');
  const given = options.passwordStdin ? await readPassword() : undefined;
  return withDesk(async ({ database, identity }) => {
    const isNew = (await identity.findByEmail(email)) === null;
    const password = given ?? madeUpPassword();
    const person = await ensurePerson(identity, { email, name, password });
    const organisation = await database.system((tx) => ensureOrganisation(tx, wanted));
    const member = await database.tenant(organisation, (tx) =>
      addMember(
        tx,
        SYSTEM,
        { organisation, user: person.id, roles },
        { clock: systemClock, random: systemRandom },
      ),
    );
    return {
      member: member.id,
      user: person.id,
      organisation,
      roles,
      password: isNew && given === undefined ? password : undefined,
    };
  });
}

async function ensureOrganisation(tx: Tx, name: string | undefined): Promise<OrganisationId> {
  await lockOrganisations(tx);
  const found = await tx
    .selectFrom('organisations')
    .select('org_id')
    .$if(name !== undefined, (query) => query.where('name', '=', name!))
    .execute();
  if (found.length === 1) return found[0]!.org_id as OrganisationId;
  if (found.length > 1)
    throw new UsageError(
      'member.which_organisation',
      'there are several organisations: say which with --organisation',
    );
  return createOrganisation(tx, name ?? 'Vakhta', { clock: systemClock, random: systemRandom });
}
