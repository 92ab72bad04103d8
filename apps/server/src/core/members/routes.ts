import { type Member, memberRoutes as routes } from '@vakhta/api';
import type { Clock, Random } from '@vakhta/kernel';
import { cursorOf, parseCursor } from '../../platform/http/cursor.ts';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Identity, Person } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { membershipsOf } from '../access/authenticate.ts';
import type { Principal } from '../access/principal.ts';
import { type Actor, recordAudit } from '../audit/audit.ts';
import type { LiveHub } from '../live/hub.ts';
import type { LiveSockets } from '../live/live-socket.ts';
import { forgetPerson } from '../people-data/forget-person.ts';
import {
  addMember,
  changeRoles,
  ensurePerson,
  type MemberRow,
  refuseUnlessOwner,
  removeMember,
  requireMemberRow,
  selectMembers,
} from './member-service.ts';

export interface MemberRouteDeps {
  database: Database;
  identity: Identity;
  clock: Clock;
  random: Random;
  hub: Pick<LiveHub, 'publish'>;
  live: Pick<LiveSockets, 'recheck'>;
}

export function memberRoutes(
  api: Api,
  { database, identity, clock, random, hub, live }: MemberRouteDeps,
): void {
  const actorOf = ({ member }: Principal): Actor => ({ kind: 'member', id: member });
  const announce = ({ organisation }: Principal) =>
    hub.publish(organisation, { type: 'changed', what: 'members' });
  const view = async (row: MemberRow): Promise<Member> =>
    viewMember(row, (await identity.findPeople([row.user])).get(row.user));

  api.implement(routes.listMembers, async ({ principal, query }) => {
    const [after] = query.cursor ? parseCursor(query.cursor, 1) : [];
    const rows = await database.tenant(principal.organisation, (tx) =>
      selectMembers(tx, { limit: query.limit + 1, ...(after !== undefined && { after }) }),
    );
    const page = rows.slice(0, query.limit);
    const people = await identity.findPeople(page.map((row) => row.user));
    const last = page.at(-1);
    return {
      items: page.map((row) => viewMember(row, people.get(row.user))),
      next: rows.length > query.limit && last ? cursorOf(last.id) : null,
    };
  });

  api.implement(routes.addMember, async ({ principal, body }) => {
    refuseUnlessOwner(principal.roles, body.roles);
    const { email, name, password, roles } = body;
    const person = await ensurePerson(identity, { email, name, password });
    const row = await database.tenant(principal.organisation, (tx) =>
      addMember(
        tx,
        actorOf(principal),
        { organisation: principal.organisation, user: person.id, roles },
        { clock, random },
      ),
    );
    announce(principal);
    return viewMember(row, person);
  });

  api.implement(routes.changeMember, async ({ principal, params, body }) => {
    const row = await database.tenant(principal.organisation, async (tx) => {
      const current = await requireMemberRow(tx, params.member);
      refuseUnlessOwner(principal.roles, current.roles, body.roles);
      return changeRoles(tx, principal.organisation, actorOf(principal), params.member, body.roles);
    });
    announce(principal);
    return view(row);
  });

  api.implement(routes.removeMember, async ({ principal, params }) => {
    const { user } = await database.tenant(principal.organisation, async (tx) => {
      const current = await requireMemberRow(tx, params.member);
      refuseUnlessOwner(principal.roles, current.roles);
      return removeMember(tx, principal.organisation, actorOf(principal), params.member);
    });
    // A session is asked for its membership at every request; one without any is of no more use.
    const left = await database.system((tx) => membershipsOf(tx, user));
    if (left.length === 0) await identity.endSessions(user);
    await live.recheck(user);
    announce(principal);
    return undefined;
  });

  api.implement(routes.forgetMember, async ({ principal, params }) => {
    const { organisation, roles } = principal;
    const { user } = await database.tenant(organisation, (tx) => requireMemberRow(tx, params.member));
    if (!roles.includes('owner')) throw new HttpProblem('forbidden', 'only an owner has a person forgotten');
    const erased = (await database.system((tx) => membershipsOf(tx, user))).length === 1;
    await database.tenant(organisation, async (tx) => {
      await removeMember(tx, organisation, actorOf(principal), params.member);
      if (erased)
        await recordAudit(tx, {
          organisation,
          actor: actorOf(principal),
          action: 'member.forgotten',
          subject: { kind: 'member', id: params.member },
        });
    });
    const person = erased && (await identity.findPeople([user])).get(user);
    if (person) await forgetPerson({ database, identity }, person);
    await live.recheck(user);
    announce(principal);
    return { erased };
  });
}

const viewMember = (row: MemberRow, person: Person | undefined): Member => ({
  id: row.id,
  user: row.user,
  email: person?.email ?? '',
  name: person?.name ?? '',
  roles: row.roles,
  createdAt: row.createdAt.toISOString(),
});
