import * as z from 'zod';
import { Email, Id, Name, Password, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { Role } from '../permissions.ts';
import { route } from '../route.ts';

export const Organisation = z.object({
  id: Id,
  name: z.string(),
  secondFactorRequired: z
    .boolean()
    .describe('Whether people get in only with a second factor or by a passkey.'),
});
export type Organisation = z.infer<typeof Organisation>;

export const Member = z.object({
  id: Id,
  user: Id,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  createdAt: Time,
});
export type Member = z.infer<typeof Member>;

const params = z.object({ member: Id });
const roles = z.array(Role).min(1);

export const memberRoutes = {
  getOrganisation: route({
    method: 'GET',
    path: '/organisation',
    summary: 'The organisation of the request',
    access: 'things.view',
    response: Organisation,
  }),
  renameOrganisation: route({
    method: 'PATCH',
    path: '/organisation',
    summary: 'Rename the organisation',
    access: 'organisation.manage',
    body: z.strictObject({ name: Name }),
    response: Organisation,
  }),
  requireSecondFactor: route({
    method: 'PUT',
    path: '/organisation/second-factor',
    summary: 'Whether people get into the organisation only with a second factor or by a passkey',
    access: 'organisation.manage',
    body: z.strictObject({ required: z.boolean() }),
    response: Organisation,
  }),
  listMembers: route({
    method: 'GET',
    path: '/members',
    summary: 'Members with their roles',
    access: 'members.view',
    discloses: 'members',
    query: PageQuery,
    response: pageOf(Member),
  }),
  addMember: route({
    method: 'POST',
    path: '/members',
    summary: 'Add a member; a person new to this server gets the password given',
    access: 'members.manage',
    status: 201,
    body: z.strictObject({ email: Email, name: Name, password: Password.optional(), roles }),
    response: Member,
  }),
  changeMember: route({
    method: 'PATCH',
    path: '/members/{member}',
    summary: 'Change a member’s roles; only an owner makes or unmakes an owner',
    access: 'members.manage',
    params,
    body: z.strictObject({ roles }),
    response: Member,
  }),
  forgetMember: route({
    method: 'DELETE',
    path: '/members/{member}/person',
    summary: 'Remove a member and erase the person, if they belong nowhere else; for owners',
    access: 'members.manage',
    params,
    response: z.object({
      erased: z
        .boolean()
        .describe('False: they belong to another organisation of this server, which keeps them.'),
    }),
  }),
  removeMember: route({
    method: 'DELETE',
    path: '/members/{member}',
    summary: 'Remove a member; their sessions and tokens in this organisation end',
    access: 'members.manage',
    status: 204,
    params,
  }),
} as const;
