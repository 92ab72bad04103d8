import * as z from 'zod';
import { Id, JsonValue, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

export const CommandState = z.enum([
  'requested',
  'awaiting_approval',
  'queued',
  'delivered',
  'accepted',
  'succeeded',
  'failed',
  'refused',
  'expired',
  'unknown',
]);
export type CommandState = z.infer<typeof CommandState>;

/** States that nothing follows, but for `unknown`, which evidence may still resolve. */
export const finalCommandStates: ReadonlySet<CommandState> = new Set([
  'succeeded',
  'failed',
  'refused',
  'expired',
  'unknown',
]);

export const Command = z.object({
  id: Id,
  thing: Id,
  batch: Id.nullable(),
  action: z.string(),
  input: z.record(z.string(), JsonValue),
  state: CommandState,
  requestedBy: z.object({ id: Id, name: z.string() }).describe("The member, or the API token's member."),
  deadline: Time,
  at: z.object({
    requested: Time,
    queued: Time.optional(),
    delivered: Time.optional(),
    accepted: Time.optional(),
    finished: Time.optional(),
  }),
  outcome: z
    .object({
      observed: z
        .boolean()
        .optional()
        .describe('Whether the effect was read back; false with `succeeded`: sent, effect not observable.'),
      code: z.string().optional(),
      message: z.string().optional(),
      evidence: JsonValue.optional(),
      picture: z.string().optional().describe("Path of a picture the action brought: '/api/v1/pictures/…'."),
    })
    .optional(),
});
export type Command = z.infer<typeof Command>;

const input = z.record(z.string(), JsonValue);
const deadlineMs = z.int().min(1000).max(86_400_000);

export const commandRoutes = {
  actOnThing: route({
    method: 'POST',
    path: '/things/{thing}/actions/{action}',
    summary: 'Ask for one action; the body is its input',
    access: 'things.operate',
    status: 202,
    params: z.object({ thing: Id, action: z.string().max(64) }),
    body: input,
    response: z.object({ command: Id }),
  }),
  createCommands: route({
    method: 'POST',
    path: '/commands',
    summary: 'Ask for the same action of many things or of a group: one command per thing',
    access: 'things.operate',
    status: 202,
    body: z
      .strictObject({
        things: z.array(Id).min(1).max(1000).optional(),
        group: Id.optional(),
        action: z.string().max(64),
        input: input.default({}),
        deadlineMs: deadlineMs
          .optional()
          .describe("How long it may take from now; the action's own time-out unless given."),
      })
      .refine((body) => (body.things === undefined) !== (body.group === undefined), {
        message: 'give either things or group',
        path: ['things'],
      }),
    response: z.object({ batch: Id, commands: z.array(Id) }),
  }),
  listCommands: route({
    method: 'GET',
    path: '/commands',
    summary: 'Commands, newest first',
    access: 'things.view',
    query: PageQuery.extend({
      thing: Id.optional(),
      batch: Id.optional(),
      state: CommandState.optional(),
      action: z
        .string()
        .max(64)
        .optional()
        .describe('Its name: with `state=succeeded` the newest pictures of all things in one answer.'),
    }),
    response: pageOf(Command),
  }),
  getCommand: route({
    method: 'GET',
    path: '/commands/{command}',
    summary: 'One command with its life',
    access: 'things.view',
    params: z.object({ command: Id }),
    response: Command,
  }),
  getBatch: route({
    method: 'GET',
    path: '/batches/{batch}',
    summary: 'How many commands of a batch are in each state',
    access: 'things.view',
    params: z.object({ batch: Id }),
    response: z.object({
      id: Id,
      action: z.string(),
      total: z.number().int(),
      counts: z.partialRecord(CommandState, z.number().int()),
      finished: z.boolean().describe('No command of it will change any more.'),
    }),
  }),
  getPicture: route({
    method: 'GET',
    path: '/pictures/{sha256}',
    summary: 'A picture that a command brought, re-encoded by the server',
    access: 'things.view',
    params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    produces: 'image/webp',
  }),
} as const;
