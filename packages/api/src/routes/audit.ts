import * as z from 'zod';
import { Id, JsonValue, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

export const AuditEntry = z.object({
  position: z
    .number()
    .int()
    .nullable()
    .describe("Position in the organisation's chain, from 1; null while not yet sealed."),
  id: z.number().int(),
  at: Time,
  actor: z.object({
    kind: z.enum(['member', 'agent', 'system']),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  action: z.string().describe("Dotted verb: 'command.requested', 'member.added', …"),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  detail: JsonValue,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditRoutes = {
  listAudit: route({
    method: 'GET',
    path: '/audit',
    summary: 'Who did what, newest first',
    access: 'audit.view',
    discloses: 'audit',
    query: PageQuery.extend({
      from: Time.optional(),
      to: Time.optional(),
      action: z.string().max(64).optional().describe("A verb or its beginning: 'command.'."),
      subject: Id.optional(),
      actor: Id.optional(),
    }),
    response: pageOf(AuditEntry),
  }),
} as const;
