import { Localized } from '@vakhta/things';
import * as z from 'zod';
import { AlertRuleKind } from '../alerts/rule-kinds.ts';
import { AlertRuleSettings } from '../alerts/rule-settings.ts';
import { Id, JsonValue, Name } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

const condition = z.record(z.string(), JsonValue);

export const AlertRule = z.object({
  id: Id,
  name: z.string(),
  builtIn: z
    .object({ title: Localized, help: Localized })
    .nullable()
    .describe(
      'Of one that every organisation has: its words. It can be tuned and switched off, not removed.',
    ),
  kind: AlertRuleKind,
  /** As its kind's schema says. */
  condition,
  ...AlertRuleSettings.shape,
  alerts: z.number().int().describe('How many of its alerts have not cleared.'),
});
export type AlertRule = z.infer<typeof AlertRule>;

const params = z.object({ rule: Id });
const changed = AlertRuleSettings.shape;

export const alertRuleRoutes = {
  listAlertRules: route({
    method: 'GET',
    path: '/alert-rules',
    summary: 'What people are told of',
    access: 'alerts.view',
    query: PageQuery,
    response: pageOf(AlertRule),
  }),
  createAlertRule: route({
    method: 'POST',
    path: '/alert-rules',
    summary: 'Add a rule; the condition is checked against its kind and the models in use',
    access: 'alerts.manage',
    status: 201,
    body: z.strictObject({ name: Name, kind: AlertRuleKind, condition, ...AlertRuleSettings.shape }),
    response: AlertRule,
  }),
  changeAlertRule: route({
    method: 'PATCH',
    path: '/alert-rules/{rule}',
    summary: 'Change a rule; its open alerts are judged anew',
    access: 'alerts.manage',
    params,
    body: z.strictObject({
      name: Name.optional(),
      condition: condition.optional(),
      severity: changed.severity.unwrap().optional(),
      forSeconds: changed.forSeconds.unwrap().optional(),
      clearAfterSeconds: changed.clearAfterSeconds.unwrap().optional(),
      escalateAfterMinutes: changed.escalateAfterMinutes.unwrap().optional(),
      site: changed.site.unwrap().optional(),
      group: changed.group.unwrap().optional(),
      enabled: z.boolean().optional(),
    }),
    response: AlertRule,
  }),
  removeAlertRule: route({
    method: 'DELETE',
    path: '/alert-rules/{rule}',
    summary: 'Remove a rule; its alerts stay in the history',
    access: 'alerts.manage',
    status: 204,
    params,
  }),
} as const;
