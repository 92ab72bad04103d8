import * as z from 'zod';
import { NotificationSettings } from '../alerts/notification-settings.ts';
import { AlertSeverity } from '../alerts/severity.ts';
import { Id, Name, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

/** How the caller is told, and whether that works. */
export const OwnNotifications = z.object({
  settings: NotificationSettings,
  mail: z.object({
    configured: z.boolean().describe('Whether this server can send mail at all.'),
    address: z.string(),
    problem: z
      .string()
      .nullable()
      .describe('Why the last mail to the caller has not been sent yet; null when all is well.'),
  }),
});
export type OwnNotifications = z.infer<typeof OwnNotifications>;

/** An address that alerts are sent to as signed JSON. */
export const Webhook = z.object({
  id: Id,
  name: z.string(),
  url: z.string(),
  minimum: AlertSeverity,
  enabled: z.boolean(),
  lastSent: Time.nullable(),
  problem: z.string().nullable().describe('Why the last delivery has not been taken yet.'),
});
export type Webhook = z.infer<typeof Webhook>;

const Address = z.url({ protocol: /^https?$/, error: 'must begin with https:// or http://' }).max(500);
const params = z.object({ webhook: Id });

export const notificationRoutes = {
  getNotifications: route({
    method: 'GET',
    path: '/notifications',
    summary: 'How you are told of alerts',
    access: 'alerts.view',
    response: OwnNotifications,
  }),
  setNotifications: route({
    method: 'PUT',
    path: '/notifications',
    summary: 'Set how you are told of alerts',
    access: 'alerts.view',
    body: NotificationSettings,
    response: OwnNotifications,
  }),
  listWebhooks: route({
    method: 'GET',
    path: '/webhooks',
    summary: 'Where alerts are sent as signed JSON',
    access: 'alerts.manage',
    query: PageQuery,
    response: pageOf(Webhook),
  }),
  createWebhook: route({
    method: 'POST',
    path: '/webhooks',
    summary: 'Add a webhook; the answer holds the secret that signs, shown once',
    access: 'alerts.manage',
    status: 201,
    body: z.strictObject({ name: Name, url: Address, minimum: AlertSeverity.default('warning') }),
    response: Webhook.extend({ secret: z.string() }),
  }),
  changeWebhook: route({
    method: 'PATCH',
    path: '/webhooks/{webhook}',
    summary: 'Change a webhook or switch it off',
    access: 'alerts.manage',
    params,
    body: z.strictObject({
      name: Name.optional(),
      url: Address.optional(),
      minimum: AlertSeverity.optional(),
      enabled: z.boolean().optional(),
    }),
    response: Webhook,
  }),
  removeWebhook: route({
    method: 'DELETE',
    path: '/webhooks/{webhook}',
    summary: 'Remove a webhook; what is on its way to it is dropped',
    access: 'alerts.manage',
    status: 204,
    params,
  }),
} as const;
