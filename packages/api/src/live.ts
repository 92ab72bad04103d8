import { Localized } from '@vakhta/things';
import * as z from 'zod';
import { AlertSeverity } from './alerts/severity.ts';
import { AlertStepName } from './alerts/step.ts';
import { Id, JsonValue, Time } from './fields.ts';
import { CommandState } from './routes/commands.ts';

/** The live socket's path. A browser sends its cookie, a program its bearer token. */
export const LIVE_PATH = '/api/v1/live';

/** From a client: replaces what it hears. Without any of the three it hears the whole organisation. */
export const LiveRequest = z.strictObject({
  subscribe: z.strictObject({
    things: z.array(Id).max(5000).optional(),
    site: Id.optional(),
    batch: Id.optional(),
  }),
});
export type LiveRequest = z.infer<typeof LiveRequest>;

/** To a client. */
export const LiveMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribed'), subscription: LiveRequest.shape.subscribe }),
  z.object({ type: z.literal('property'), thing: Id, name: z.string(), value: JsonValue, at: Time }),
  z.object({ type: z.literal('event'), thing: Id, name: z.string(), data: JsonValue, at: Time }),
  z.object({
    type: z.literal('command'),
    id: Id,
    thing: Id,
    batch: Id.nullable(),
    action: z.string(),
    state: CommandState,
    at: Time,
  }),
  /** Exactly one of thing and agent is given. */
  z.object({
    type: z.literal('presence'),
    thing: Id.optional(),
    agent: Id.optional(),
    online: z.boolean(),
    at: Time,
  }),
  /** These things were found still as reported: their ages start again. Sent every few seconds. */
  z.object({ type: z.literal('confirmed'), things: z.array(z.tuple([Id, Time])) }),
  /** Something was added, changed or removed: ask again. */
  z.object({
    type: z.literal('changed'),
    what: z.enum([
      'things',
      'sites',
      'groups',
      'agents',
      'members',
      'models',
      'alertRules',
      'maintenance',
      'webhooks',
      'invitations',
    ]),
  }),
  /** Something may have happened that was not told, since another server fell: ask again for all that is shown. */
  z.object({ type: z.literal('missed') }),
  /** An alert took a step. `title` is in the languages of the panel. */
  z.object({
    type: z.literal('alert'),
    id: Id,
    step: AlertStepName,
    severity: AlertSeverity,
    title: Localized,
    subject: z.string(),
    at: Time,
  }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
