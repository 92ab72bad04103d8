import type { Identity } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { MemberNames } from '../access/member-names.ts';

/** Looks names up among the people of this server; members of other organisations stay unknown. */
export const createMemberNames =
  ({ database, identity }: { database: Database; identity: Identity }): MemberNames =>
  async (organisation, members) => {
    if (members.length === 0) return new Map();
    const rows = await database.tenant(organisation, (tx) =>
      tx
        .selectFrom('members')
        .select(['id', 'user_id'])
        .where('id', 'in', [...members])
        .execute(),
    );
    const people = await identity.findPeople(rows.map((row) => row.user_id));
    return new Map(
      rows.flatMap(({ id, user_id }): [string, string][] => {
        const person = people.get(user_id);
        return person ? [[id, person.name]] : [];
      }),
    );
  };
