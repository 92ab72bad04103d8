import * as z from 'zod';
import { Id, Name, Time } from '../fields.ts';
import { pageOf } from '../page.ts';
import { Permission } from '../permissions.ts';
import { route } from '../route.ts';

export const ApiToken = z.object({
  id: Id,
  name: z.string(),
  permissions: z
    .array(Permission)
    .nullable()
    .describe("What it may do at most; null: whatever its member's roles give."),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

/** Tokens act as the member who made them, in one organisation. */
export const tokenRoutes = {
  listTokens: route({
    method: 'GET',
    path: '/tokens',
    summary: 'Your API tokens in this organisation',
    access: 'signed-in',
    response: pageOf(ApiToken),
  }),
  createToken: route({
    method: 'POST',
    path: '/tokens',
    summary: 'Make an API token, for all you may do or for some of it; its secret is shown this once',
    access: 'signed-in',
    status: 201,
    body: z.strictObject({ name: Name, permissions: z.array(Permission).min(1).optional() }),
    response: ApiToken.extend({ secret: z.string() }),
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/tokens/{token}',
    summary: 'Revoke an API token of yours',
    access: 'signed-in',
    status: 204,
    params: z.object({ token: Id }),
  }),
} as const;
