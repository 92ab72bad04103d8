import { type Invitation, type InvitationMade, invitationRoutes as routes } from '@vakhta/api';
import { type Clock, days, newId, type Random } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { AttemptLimit } from '../access/attempt-limit.ts';
import type { MemberNames } from '../access/member-names.ts';
import type { Principal } from '../access/principal.ts';
import { auditedChange } from '../audit/audited-change.ts';
import type { LiveHub } from '../live/hub.ts';
import { memberOfPerson, refuseUnlessOwner } from '../members/member-service.ts';
import { type InvitationLinkDeps, invitationLink } from './invitation-letters.ts';
import {
  deleteInvitation,
  type InvitationRow,
  insertInvitation,
  renewInvitation,
  requireInvitation,
  selectInvitations,
} from './invitation-store.ts';

const INVITATION_HOLDS = days(7);
/** Of one organisation within a quarter of an hour: enough to bring in a shift, too few to bother the world with. */
const MAILS_PER_ORGANISATION = 60;

export interface InvitationRouteDeps extends InvitationLinkDeps {
  database: Database;
  identity: Identity;
  clock: Clock;
  random: Random;
  hub: Pick<LiveHub, 'publish'>;
  memberNames: MemberNames;
  /** Whether mail can be sent, as things stand. */
  hasMail(): boolean;
}

/** Members ask others to join: by mail, or by a link they hand over themselves where this server sends none. */
export function invitationRoutes(api: Api, deps: InvitationRouteDeps): void {
  const { database, identity, clock, random, memberNames, hasMail } = deps;
  const change = auditedChange(deps, 'invitation');
  const sent = new AttemptLimit(clock, { times: MAILS_PER_ORGANISATION });
  const refuseTooMany = ({ organisation }: Principal) => {
    if (!sent.begin(organisation))
      throw new HttpProblem('too_many_requests', 'too many invitations; go on in 15 minutes');
  };
  const times = () => {
    const now = clock.now();
    return { now, expires: now + INVITATION_HOLDS, mailDue: hasMail() ? now : null };
  };
  const view = async (rows: readonly InvitationRow[]): Promise<Invitation[]> => {
    const [first] = rows;
    if (!first) return [];
    const names = await memberNames(first.organisation, [...new Set(rows.map((row) => row.invitedBy))]);
    return rows.map((row) => viewInvitation(row, names.get(row.invitedBy), clock.now()));
  };
  const made = async (row: InvitationRow): Promise<InvitationMade> => ({
    ...(await view([row]))[0]!,
    link: hasMail() ? null : invitationLink(deps, row.id),
  });

  api.implement(routes.listInvitations, async ({ principal }) => ({
    items: await view(await database.tenant(principal.organisation, selectInvitations)),
    next: null,
  }));

  api.implement(routes.invite, async ({ principal, body: { email, roles, language } }) => {
    refuseUnlessOwner(principal.roles, roles);
    await refuseMember(principal, email);
    refuseTooMany(principal);
    const id = newId({ clock, random });
    const row = await change(principal, 'invitation.made', id, async (tx) => {
      const { organisation, member } = principal;
      await insertInvitation(tx, { id, organisation, email, roles, language, invitedBy: member }, times());
      // No address: the audit outlives whoever it belongs to.
      return { answer: await requireInvitation(tx, id), detail: { roles } };
    });
    return made(row);
  });

  api.implement(routes.renewInvitation, async ({ principal, params }) => {
    refuseTooMany(principal);
    const row = await change(principal, 'invitation.renewed', params.invitation, async (tx) => {
      const { roles } = await requireInvitation(tx, params.invitation);
      refuseUnlessOwner(principal.roles, roles);
      await renewInvitation(tx, params.invitation, times());
      return { answer: await requireInvitation(tx, params.invitation) };
    });
    return made(row);
  });

  api.implement(routes.withdrawInvitation, ({ principal, params }) =>
    change(principal, 'invitation.withdrawn', params.invitation, async (tx) => {
      await requireInvitation(tx, params.invitation);
      await deleteInvitation(tx, params.invitation);
      return { answer: undefined };
    }),
  );

  async function refuseMember({ organisation }: Principal, email: string): Promise<void> {
    const person = await identity.findByEmail(email);
    if (person && (await database.tenant(organisation, (tx) => memberOfPerson(tx, person.id))))
      throw new HttpProblem('conflict', 'this person is a member already', {
        field: 'email',
        rule: 'unique',
      });
  }
}

const viewInvitation = (row: InvitationRow, invitedBy: string | undefined, now: number): Invitation => ({
  id: row.id,
  email: row.email,
  roles: row.roles,
  invitedBy: invitedBy ?? null,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  expired: row.expiresAt.getTime() <= now,
  mailedAt: row.mailedAt?.toISOString() ?? null,
  mailProblem: row.mailProblem,
});
