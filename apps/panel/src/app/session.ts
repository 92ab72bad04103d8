import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { ApiError, type Permission, routes, type Session } from '@vakhta/api';
import { api } from './api.ts';
import { chosenOrganisation } from './organisation.ts';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api.call(routes.getSession, {}, { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export type Membership = Session['memberships'][number];

/** The membership requests are made under: the chosen one, or the first. */
export const membershipOf = (session: Session | null): Membership | undefined =>
  session?.memberships.find(({ organisation }) => organisation.id === chosenOrganisation()) ??
  session?.memberships[0];

/** The signed-in person. Only below the signed-in part of the route tree. */
export function useSession(): { session: Session; membership: Membership | undefined } {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new ApiError(401, 'not_signed_in', 'nobody is signed in', {});
  return { session: data, membership: membershipOf(data) };
}

/** Whether the signed-in person may do something here: what the server would refuse is not shown. */
export function useMay(): (permission: Permission) => boolean {
  const membership = membershipOf(useQuery(sessionQuery).data ?? null);
  const held = new Set(membership?.lacksSecondFactor ? [] : membership?.permissions);
  return (permission) => held.has(permission);
}
