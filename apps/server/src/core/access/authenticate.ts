import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Permission, permissionsOf, type Role } from '@vakhta/api';
import { type Clock, type MemberId, minutes, type OrganisationId, type UserId } from '@vakhta/kernel';
import { sql } from 'kysely';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { BeganBy } from '../../platform/identity/began-by.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Account, Principal } from './principal.ts';

/** Names the organisation to act in; a person may belong to several. */
export const ORGANISATION_HEADER = 'x-vakhta-organisation';

/** Only the hash of an API token's secret is kept. 256 bits of chance need no slow hash. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The organisation that was made first, by whoever set the desk up. */
const operatesDesk = sql<boolean>`
  organisations.org_id = (select first.org_id from organisations first order by first.created_at, first.org_id limit 1)`;

/** A use is noted at most this often: a program that asks ten times a second need not write each time. */
const LAST_USED_EVERY = minutes(1);

export interface Membership {
  member: MemberId;
  organisation: OrganisationId;
  organisationName: string;
  roles: Role[];
  secondFactorRequired: boolean;
  /** Whether the desk was set up with this organisation: its owners see to the desk itself. */
  operatesDesk: boolean;
}

export interface AuthenticatorDeps {
  database: Database;
  identity: Identity;
  clock: Clock;
}

/** Who sends a request, by `Authorization: Bearer` or else by the session cookie; null for nobody. */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Account | null>;

export function createAuthenticator(deps: AuthenticatorDeps): Authenticate {
  return async (headers) => {
    const { authorization, cookie } = headers;
    const named = headers[ORGANISATION_HEADER];
    const organisation = typeof named === 'string' ? named : undefined;
    if (authorization !== undefined) {
      const account = await byToken(deps, authorization, organisation);
      // Said apart from "not signed in at all": a program with a revoked token should stop, not look for a cookie.
      if (!account) throw new HttpProblem('not_signed_in', 'this API token is not valid');
      return account;
    }
    return cookie === undefined ? null : bySession(deps, cookie, organisation);
  };
}

async function bySession(
  { database, identity }: AuthenticatorDeps,
  cookie: string,
  organisation: string | undefined,
): Promise<Account | null> {
  const session = await identity.sessionOf(cookie);
  if (!session) return null;
  const { person } = session;
  const memberships = await database.system((tx) => membershipsOf(tx, person.id));
  const membership = memberships.find(
    (one) => organisation === undefined || one.organisation === organisation,
  );
  const secondFactor = hasSecondFactor(session);
  const lacks = (membership?.secondFactorRequired ?? false) && !secondFactor;
  return {
    user: person.id,
    principal: membership && !lacks ? principalOf(membership, person.id, person.name, 'session') : null,
    session: { id: session.id, cookie, renewed: session.cookies, by: session.by, secondFactor },
    ...(lacks && {
      refusal: new HttpProblem(
        'second_factor_required',
        'this organisation asks for a second factor: set one up, or sign in by a passkey',
      ),
    }),
  };
}

async function byToken(
  { database, identity, clock }: AuthenticatorDeps,
  authorization: string,
  organisation: string | undefined,
): Promise<Account | null> {
  const secret = /^Bearer (\S{1,200})$/i.exec(authorization)?.[1];
  if (secret === undefined) return null;
  const now = clock.now();
  const found = await database.system(async (tx) => {
    const token = await tx
      .selectFrom('api_tokens')
      .innerJoin('members', 'members.id', 'api_tokens.member_id')
      .innerJoin('organisations', 'organisations.org_id', 'members.org_id')
      .select([
        'api_tokens.id as token',
        'api_tokens.last_used_at',
        'api_tokens.permissions',
        'members.id as member',
        'members.org_id as organisation',
        'organisations.name as organisationName',
        'members.roles',
        'members.user_id as user',
        'organisations.second_factor_required as secondFactorRequired',
        operatesDesk.as('operatesDesk'),
      ])
      .where('secret_hash', '=', hashSecret(secret))
      .executeTakeFirst();
    if (token && (token.last_used_at?.getTime() ?? 0) < now - LAST_USED_EVERY)
      await tx
        .updateTable('api_tokens')
        .set({ last_used_at: new Date(now) })
        .where('id', '=', token.token)
        .execute();
    return token;
  });
  if (!found) return null;
  const user = found.user as UserId;
  const person = (await identity.findPeople([user])).get(user);
  const elsewhere = organisation !== undefined && organisation !== found.organisation;
  return {
    user,
    principal: elsewhere
      ? null
      : limited(principalOf(toMembership(found), user, person?.name ?? '', 'token'), found.permissions),
    session: null,
  };
}

/** A token never does more than its member may, whatever it was made for: roles change. */
function limited(principal: Principal, scopes: readonly string[] | null): Principal {
  if (scopes === null) return principal;
  const limit = new Set([...principal.permissions].filter((permission) => scopes.includes(permission)));
  return { ...principal, permissions: limit, limit };
}

/**
 * A person with a second factor was asked for it at the door unless they came by a passkey, which is both factors in one.
 */
export const hasSecondFactor = ({
  secondFactor,
  by,
}: {
  secondFactor: boolean;
  by: BeganBy | null;
}): boolean => secondFactor || by === 'passkey';

/** Where a person belongs, first joined first. */
export async function membershipsOf(tx: Tx, user: UserId): Promise<Membership[]> {
  const rows = await tx
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.org_id', 'members.org_id')
    .select([
      'members.id as member',
      'members.org_id as organisation',
      'organisations.name as organisationName',
      'members.roles',
      'organisations.second_factor_required as secondFactorRequired',
      operatesDesk.as('operatesDesk'),
    ])
    .where('members.user_id', '=', user)
    .orderBy('members.created_at')
    .orderBy('members.id')
    .execute();
  return rows.map(toMembership);
}

const toMembership = (row: {
  member: string;
  organisation: string;
  organisationName: string;
  roles: string[];
  secondFactorRequired: boolean;
  operatesDesk: boolean;
}): Membership => ({
  member: row.member as MemberId,
  organisation: row.organisation as OrganisationId,
  organisationName: row.organisationName,
  // The table's own check admits these words only.
  roles: row.roles as Role[],
  secondFactorRequired: row.secondFactorRequired,
  operatesDesk: row.operatesDesk,
});

/** What a member may do: what the roles give, but the desk itself only where the desk was set up. */
export const permissionsIn = ({
  roles,
  operatesDesk,
}: Pick<Membership, 'roles' | 'operatesDesk'>): ReadonlySet<Permission> => {
  const given = new Set(permissionsOf(roles));
  if (!operatesDesk) given.delete('desk.manage');
  return given;
};

const principalOf = (
  membership: Membership,
  user: UserId,
  name: string,
  via: Principal['via'],
): Principal => {
  const { organisation, member, roles } = membership;
  return { organisation, member, user, name, roles, permissions: permissionsIn(membership), via };
};
