import type { OrganisationId } from '@vakhta/kernel';

/** The names of members as of now, by member id. One who is gone or forgotten has none. */
export type MemberNames = (
  organisation: OrganisationId,
  members: readonly string[],
) => Promise<ReadonlyMap<string, string>>;
