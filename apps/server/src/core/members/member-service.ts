import type { Role } from '@vakhta/api';
import {
  type Clock,
  type MemberId,
  newId,
  type OrganisationId,
  type Random,
  type UserId,
} from '@vakhta/kernel';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Identity, Person } from '../../platform/identity/identity.ts';
import type { Tx } from '../../platform/postgres/database.ts';
import { type Actor, recordAudit } from '../audit/audit.ts';

export interface MemberRow {
  id: MemberId;
  user: UserId;
  roles: Role[];
  createdAt: Date;
}

export interface NewMember {
  organisation: OrganisationId;
  user: UserId;
  roles: readonly Role[];
}

const isOwner = (roles: readonly Role[]): boolean => roles.includes('owner');

/** Members in the order they joined. */
export async function selectMembers(
  tx: Tx,
  filter: { id?: string; after?: string; limit: number },
): Promise<MemberRow[]> {
  const { id, after, limit } = filter;
  const rows = await tx
    .selectFrom('members')
    .select(['id', 'user_id', 'roles', 'created_at'])
    .$if(id !== undefined, (query) => query.where('id', '=', id!))
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id as MemberId,
    user: row.user_id as UserId,
    // The table's own check admits these words only.
    roles: row.roles as Role[],
    createdAt: row.created_at,
  }));
}

/** The person of this e-mail, made if new to this server, for which a password is needed. */
export async function ensurePerson(
  identity: Identity,
  input: { email: string; name: string; password: string | undefined },
): Promise<Person> {
  const known = await identity.findByEmail(input.email);
  if (known) return known;
  if (input.password === undefined)
    throw new HttpProblem('invalid_field', 'password: a person new to this server needs one', {
      field: 'password',
      rule: 'required',
    });
  return identity.createPerson({ email: input.email, name: input.name, password: input.password });
}

/** The member that this person is here, if any. */
export async function memberOfPerson(tx: Tx, user: UserId): Promise<string | undefined> {
  const row = await tx.selectFrom('members').select('id').where('user_id', '=', user).executeTakeFirst();
  return row?.id;
}

export async function addMember(
  tx: Tx,
  actor: Actor | 'themself',
  { organisation, user, roles }: NewMember,
  deps: { clock: Clock; random: Random },
): Promise<MemberRow> {
  const id = newId<MemberId>(deps);
  const createdAt = new Date(deps.clock.now());
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('members')
    .values({ id, org_id: organisation, user_id: user, roles: [...roles], created_at: createdAt })
    .onConflict((conflict) => conflict.columns(['org_id', 'user_id']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n)
    throw new HttpProblem('conflict', 'this person is a member already', { field: 'email', rule: 'unique' });
  if (actor === 'themself')
    await record(tx, organisation, { kind: 'member', id }, 'member.joined', id, { roles: [...roles] });
  else await record(tx, organisation, actor, 'member.added', id, { roles: [...roles] });
  return { id, user, roles: [...roles], createdAt };
}

export async function changeRoles(
  tx: Tx,
  organisation: OrganisationId,
  actor: Actor,
  member: string,
  roles: readonly Role[],
): Promise<MemberRow> {
  const current = await requireMemberRow(tx, member);
  if (isOwner(current.roles) && !isOwner(roles)) await refuseLastOwner(tx, organisation);
  await tx
    .updateTable('members')
    .set({ roles: [...roles] })
    .where('id', '=', member)
    .execute();
  await record(tx, organisation, actor, 'member.changed', member, { from: current.roles, to: [...roles] });
  return { ...current, roles: [...roles] };
}

/** Their tokens go with the row. Returns who it was. */
export async function removeMember(
  tx: Tx,
  organisation: OrganisationId,
  actor: Actor,
  member: string,
): Promise<MemberRow> {
  const current = await requireMemberRow(tx, member);
  if (isOwner(current.roles)) await refuseLastOwner(tx, organisation);
  await tx.deleteFrom('members').where('id', '=', member).execute();
  await record(tx, organisation, actor, 'member.removed', member, { roles: current.roles });
  return current;
}

export async function requireMemberRow(tx: Tx, id: string): Promise<MemberRow> {
  const [row] = await selectMembers(tx, { id, limit: 1 });
  if (!row) throw notFound('member');
  return row;
}

/** Only an owner makes, unmakes or removes an owner. */
export function refuseUnlessOwner(asker: readonly Role[], ...touched: readonly (readonly Role[])[]): void {
  if (touched.some(isOwner) && !isOwner(asker))
    throw new HttpProblem('forbidden', 'only an owner can make, change or remove an owner');
}

/** For who runs as the system's role and so sees the owners of every organisation. */
export async function refuseIfLastOwner(
  tx: Tx,
  organisation: OrganisationId,
  roles: readonly Role[],
): Promise<void> {
  if (isOwner(roles)) await refuseLastOwner(tx, organisation);
}

/** The owners' rows are locked, so that two owners cannot unmake each other at the same moment. */
async function refuseLastOwner(tx: Tx, organisation: OrganisationId): Promise<void> {
  const owners = await tx
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', organisation)
    .where((eb) => eb(eb.val('owner'), '=', eb.fn.any('roles')))
    .orderBy('id')
    .forUpdate()
    .execute();
  if (owners.length <= 1)
    throw new HttpProblem('last_owner', 'an organisation keeps at least one owner: make another first');
}

const record = (
  tx: Tx,
  organisation: OrganisationId,
  actor: Actor,
  action: string,
  member: string,
  detail: { [name: string]: readonly Role[] },
) => recordAudit(tx, { organisation, actor, action, subject: { kind: 'member', id: member }, detail });
