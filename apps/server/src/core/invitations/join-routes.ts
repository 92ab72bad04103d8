import { joinRoutes as routes } from '@vakhta/api';
import type { Random } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Person } from '../../platform/identity/identity.ts';
import type { LinkTokens } from '../../platform/secrets/link-tokens.ts';
import type { Api } from '../access/api.ts';
import { letIn } from '../access/let-in.ts';
import { linkIsVoid } from '../access/password-reset-routes.ts';
import type { AccessRouteDeps } from '../access/session-routes.ts';
import { visitorOf } from '../access/visitor-of.ts';
import type { LiveHub } from '../live/hub.ts';
import { addMember } from '../members/member-service.ts';
import { deleteInvitation, findByLink, type InvitationRow } from './invitation-store.ts';

export interface JoinRouteDeps extends AccessRouteDeps {
  random: Random;
  links: LinkTokens;
  hub: Pick<LiveHub, 'publish'>;
}

/** What whoever holds an invitation's link can do with it. */
export function joinRoutes(
  api: Api,
  { database, identity, auditPerson, clock, random, links, hub }: JoinRouteDeps,
): void {
  const find = async (token: string): Promise<InvitationRow> => {
    const id = links.read('invitation', token);
    const found = id && (await database.system((tx) => findByLink(tx, id, clock.now())));
    if (!found) throw linkIsVoid();
    return found;
  };
  /** Spends the invitation and makes the member, both or neither. */
  const join = async ({ id, organisation, roles }: InvitationRow, { id: user }: Person) => {
    await database.tenant(organisation, async (tx) => {
      if (!(await deleteInvitation(tx, id))) throw linkIsVoid();
      await addMember(tx, 'themself', { organisation, user, roles }, { clock, random });
    });
    hub.publish(organisation, { type: 'changed', what: 'members' });
    hub.publish(organisation, { type: 'changed', what: 'invitations' });
  };

  api.implement(routes.lookAtInvitation, async ({ body: { token } }) => {
    const { email, roles, organisationName } = await find(token);
    return {
      organisation: organisationName,
      email,
      roles,
      known: (await identity.findByEmail(email)) !== null,
    };
  });

  api.implement(routes.joinAsNew, async ({ body: { token, name, password }, raw, reply }) => {
    const invitation = await find(token);
    const { email } = invitation;
    if (await identity.findByEmail(email))
      throw new HttpProblem('conflict', 'this person is here already: sign in, then join');
    await join(invitation, await identity.createPerson({ email, name, password }));
    const entered = await identity.signIn(email, password, visitorOf(raw));
    if (!entered || 'codeNeeded' in entered) throw linkIsVoid();
    return letIn({ identity, auditPerson, clock }, entered, { raw, reply });
  });

  api.implement(routes.join, async ({ account, body: { token } }) => {
    const invitation = await find(token);
    const person = (await identity.findPeople([account.user])).get(account.user);
    if (person?.email !== invitation.email)
      throw new HttpProblem('forbidden', 'this invitation is for another e-mail address');
    await join(invitation, person);
    return undefined;
  });
}
