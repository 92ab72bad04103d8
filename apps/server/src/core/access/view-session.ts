import type { Permission, Session } from '@vakhta/api';
import type { BeganBy } from '../../platform/identity/began-by.ts';
import type { Person } from '../../platform/identity/identity.ts';
import { hasSecondFactor, type Membership, permissionsIn } from './authenticate.ts';

/** Who is signed in and where they belong; `limit` is what an API token may do at most. */
export const viewSession = (
  { id, email, name, secondFactor }: Person & { secondFactor: boolean },
  memberships: readonly Membership[],
  by: BeganBy | null,
  limit?: ReadonlySet<Permission>,
): Session => ({
  user: { id, email, name, secondFactor },
  memberships: memberships.map((membership) => {
    const { member, organisation, organisationName, roles, secondFactorRequired } = membership;
    return {
      member,
      organisation: { id: organisation, name: organisationName },
      roles,
      permissions: [...permissionsIn(membership)].filter((permission) => limit?.has(permission) ?? true),
      lacksSecondFactor: secondFactorRequired && !hasSecondFactor({ secondFactor, by }),
    };
  }),
});
