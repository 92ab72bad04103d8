import * as z from 'zod';
import { Id, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { hallParams } from './fields.ts';

export const CasinoAlertSeverity = z.enum(['critical', 'high', 'warning', 'info']);
export type CasinoAlertSeverity = z.infer<typeof CasinoAlertSeverity>;

/** An alert of the hall: about a machine, an agent, a guest, a desk. */
export const CasinoAlert = z.object({
  code: z.string(),
  subject: z.string().describe('A machine, a guest, a desk by its name; an agent by its id.'),
  name: z.string().describe('What people call the subject.'),
  isMachine: z.boolean().describe('Whether the subject is a machine of the floor.'),
  severity: CasinoAlertSeverity,
  openedAt: Time,
  clearedAt: Time.nullable(),
  count: z.int().describe('How often it was told while it is open.'),
  acknowledgedAt: Time.nullable().describe('When somebody took it on; null: it waits.'),
  acknowledgedBy: Id.nullable(),
  note: z.string().nullable(),
});
export type CasinoAlert = z.infer<typeof CasinoAlert>;

export const casinoAlertRoutes = {
  listCasinoAlerts: route({
    method: 'GET',
    path: '/casino/halls/{hall}/alerts',
    summary: 'Open alerts of a hall, the worst first, and those cleared since an instant',
    access: 'casino.view',
    params: hallParams,
    query: z.object({
      clearedSince: Time.optional().describe('Also those cleared since then; at most 200.'),
    }),
    response: z.object({ open: z.array(CasinoAlert), cleared: z.array(CasinoAlert) }),
  }),
} as const;
