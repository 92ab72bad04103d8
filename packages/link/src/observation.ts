import * as z from 'zod';
import { CommandIdSchema, InstantSchema, ThingIdSchema } from './ids.ts';

const name = z.string().min(1).max(64);

/** A property has this value; `null` says that it can not be known. */
const PropertyObservation = z.strictObject({
  kind: z.literal('property'),
  thing: ThingIdSchema,
  name,
  value: z.json(),
  at: InstantSchema,
});

/** Something happened to the thing. */
const EventObservation = z.strictObject({
  kind: z.literal('event'),
  thing: ThingIdSchema,
  name,
  data: z.json(),
  at: InstantSchema,
});

/** The thing began or ceased to answer. */
const PresenceObservation = z.strictObject({
  kind: z.literal('presence'),
  thing: ThingIdSchema,
  online: z.boolean(),
  reason: z.strictObject({ code: z.string().max(64), message: z.string().max(500) }).optional(),
  at: InstantSchema,
});

/** How a command stands with the agent. */
const CommandObservation = z.strictObject({
  kind: z.literal('command'),
  command: CommandIdSchema,
  state: z.enum(['accepted', 'succeeded', 'failed', 'refused', 'unknown']),
  /** Stable code of a failure or refusal. */
  code: z.string().max(64).optional(),
  message: z.string().max(2000).optional(),
  /** Whether the effect was read back from the thing. */
  observed: z.boolean().optional(),
  evidence: z.json().optional(),
  /** SHA-256, hex, of a picture sent before this observation. */
  picture: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  at: InstantSchema,
});

/** Something about the agent itself: started, a driver crashed, the outbox or the disk is full, an order was refused, … */
const AgentObservation = z.strictObject({
  kind: z.literal('agent'),
  name: z.enum([
    'started',
    'stopping',
    'driver_crashed',
    'driver_restarted',
    'outbox_full',
    'outbox_drained',
    'disk_full',
    'disk_recovered',
    'order_refused',
    'clock_jumped',
    'stream_renewed',
  ]),
  thing: ThingIdSchema.optional(),
  data: z.json(),
  at: InstantSchema,
});

/** One fact an agent reports. `at` is when it was so, by the agent's clock corrected to the server's. */
export const Observation = z.discriminatedUnion('kind', [
  PropertyObservation,
  EventObservation,
  PresenceObservation,
  CommandObservation,
  AgentObservation,
]);
export type Observation = z.infer<typeof Observation>;
/** A value as it travels: what JSON can carry. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;
export type ObservationOf<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>;
