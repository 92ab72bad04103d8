import * as z from 'zod';
import { Email, Id, Language, LinkToken, Name, Password, Time } from '../fields.ts';
import { pageOf } from '../page.ts';
import { Role } from '../permissions.ts';
import { route } from '../route.ts';
import { Session } from './session.ts';

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  roles: z.array(Role),
  invitedBy: z.string().nullable().describe("A member's name; null for one who is gone."),
  createdAt: Time,
  expiresAt: Time,
  expired: z.boolean(),
  mailedAt: Time.nullable(),
  mailProblem: z.string().nullable().describe('Why its mail could not be sent yet.'),
});
export type Invitation = z.infer<typeof Invitation>;

/** `link` is there where this server sends no mail: to be handed over by whoever invites. */
export const InvitationMade = Invitation.extend({ link: z.string().nullable() });
export type InvitationMade = z.infer<typeof InvitationMade>;

const params = z.object({ invitation: Id });

export const invitationRoutes = {
  listInvitations: route({
    method: 'GET',
    path: '/invitations',
    summary: 'Invitations not yet taken up, latest first',
    access: 'members.manage',
    discloses: 'invitations',
    response: pageOf(Invitation),
  }),
  invite: route({
    method: 'POST',
    path: '/invitations',
    summary: 'Invite somebody; only an owner invites an owner',
    access: 'members.manage',
    status: 201,
    body: z.strictObject({ email: Email, roles: z.array(Role).min(1), language: Language }),
    response: InvitationMade,
  }),
  renewInvitation: route({
    method: 'POST',
    path: '/invitations/{invitation}/renewal',
    summary: 'Make an invitation good for seven days again and send it anew',
    access: 'members.manage',
    params,
    response: InvitationMade,
  }),
  withdrawInvitation: route({
    method: 'DELETE',
    path: '/invitations/{invitation}',
    summary: 'Withdraw an invitation; its link is void at once',
    access: 'members.manage',
    status: 204,
    params,
  }),
} as const;

export const joinRoutes = {
  lookAtInvitation: route({
    method: 'POST',
    path: '/join/look',
    summary: 'What the link of an invitation invites to',
    access: 'public',
    body: z.strictObject({ token: LinkToken }),
    response: z.object({
      organisation: z.string(),
      email: z.string(),
      roles: z.array(Role),
      known: z.boolean().describe('Somebody signs in by this e-mail already: they sign in and join.'),
    }),
  }),
  joinAsNew: route({
    method: 'POST',
    path: '/join/new',
    summary: 'Join as a person new to this server; sets the session cookie',
    access: 'public',
    body: z.strictObject({ token: LinkToken, name: Name, password: Password }),
    response: Session,
  }),
  join: route({
    method: 'POST',
    path: '/join',
    summary: 'Join as the person signed in, whose e-mail must be the one invited',
    access: 'session',
    status: 204,
    body: z.strictObject({ token: LinkToken }),
  }),
} as const;
