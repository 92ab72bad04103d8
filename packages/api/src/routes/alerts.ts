import { Localized } from '@vakhta/things';
import * as z from 'zod';
import { AlertSeverity } from '../alerts/severity.ts';
import { Id, JsonValue, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

export const AlertState = z.enum(['open', 'acknowledged', 'cleared']);
export type AlertState = z.infer<typeof AlertState>;

export const Alert = z.object({
  id: Id,
  rule: Id.nullable().describe('Null once the rule was removed.'),
  title: Localized,
  /** What to do about it, where its rule says so. */
  help: Localized.nullable(),
  severity: AlertSeverity,
  state: AlertState,
  subject: z.object({ kind: z.enum(['thing', 'agent']), id: Id, name: z.string(), site: Id.nullable() }),
  /** What raised it: the property with its value, or the event with its data. */
  cause: z.object({
    model: z.string().nullable(),
    property: z.string().nullable(),
    event: z.string().nullable(),
    value: JsonValue,
  }),
  since: Time.describe('Since when it has been so, as observed.'),
  openedAt: Time,
  count: z.number().int().describe('How many times it happened while open.'),
  level: z.number().int().describe('How many times it was escalated.'),
  acknowledged: z.object({ at: Time, by: z.string().nullable(), note: z.string() }).nullable(),
  clearedAt: Time.nullable(),
  clearedBecause: z.enum(['recovered', 'rule_changed', 'subject_removed']).nullable(),
  hidden: z
    .boolean()
    .describe(
      'The agent that looks after the thing is out of contact: this is how it was when last heard of.',
    ),
});
export type Alert = z.infer<typeof Alert>;

const params = z.object({ alert: Id });

export const alertRoutes = {
  listAlerts: route({
    method: 'GET',
    path: '/alerts',
    summary: 'Alerts, newest first',
    access: 'alerts.view',
    query: PageQuery.extend({
      state: AlertState.optional(),
      thing: Id.optional(),
      agent: Id.optional(),
      rule: Id.optional(),
    }),
    response: pageOf(Alert),
  }),
  countAlerts: route({
    method: 'GET',
    path: '/alerts/count',
    summary: 'How many are open, by severity, and how many acknowledged ones have not cleared',
    access: 'alerts.view',
    response: z.object({
      notice: z.number().int(),
      warning: z.number().int(),
      critical: z.number().int(),
      acknowledged: z.number().int(),
    }),
  }),
  getAlert: route({
    method: 'GET',
    path: '/alerts/{alert}',
    summary: 'One alert',
    access: 'alerts.view',
    params,
    response: Alert,
  }),
  acknowledgeAlert: route({
    method: 'POST',
    path: '/alerts/{alert}/acknowledge',
    summary: 'Say that somebody is on it, with a note; again to change the note',
    access: 'alerts.acknowledge',
    params,
    body: z.strictObject({ note: z.string().trim().max(500).default('') }),
    response: Alert,
  }),
} as const;
