import { ThingModel } from '@vakhta/things';
import * as z from 'zod';
import { SignedOrder } from './command-order.ts';
import { AgentIdSchema, InstantSchema, SeqSchema, StreamIdSchema, ThingIdSchema } from './ids.ts';
import { Observation } from './observation.ts';

/** The link's protocol version; both sides must name the same. */
export const LINK_VERSION = 1;
/** The WebSocket path below the server's address. */
export const LINK_PATH = '/api/v1/link';
/** At most so many observations in one batch: one transaction at the server, one acknowledgement. */
export const MAX_BATCH = 500;
/** A frame larger than this closes the connection. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

const nonce = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const signature = z.string().max(200);

/** One thing an agent is to look after. */
export const Assignment = z.strictObject({
  thing: ThingIdSchema,
  name: z.string(),
  model: z.string(),
  configuration: z.record(z.string(), z.json()),
});
export type Assignment = z.infer<typeof Assignment>;

/** How one driver stands, as the host of drivers sees it. */
export const DriverHealth = z.strictObject({
  thing: ThingIdSchema,
  state: z.enum(['running', 'restarting', 'refused']),
  restarts: z.int().nonnegative(),
  /** The last crash, or why the configuration was refused. */
  problem: z.string().max(500).optional(),
});

/** What an agent tells of itself every few seconds; never numbered, only the latest counts. */
export const AgentHealth = z.strictObject({
  /** Observations waiting in the outbox, and how many fit. */
  outbox: z.strictObject({ waiting: z.int().nonnegative(), capacity: z.int().positive(), full: z.boolean() }),
  memoryBytes: z.int().nonnegative(),
  /** Free space where the outbox lies. */
  diskFreeBytes: z.int().nonnegative().optional(),
  uptimeSeconds: z.number().nonnegative(),
  /** The agent's clock minus the server's, milliseconds. */
  clockOffset: z.number(),
  drivers: z.array(DriverHealth),
});
export type AgentHealth = z.infer<typeof AgentHealth>;

export const Hello = z.strictObject({
  type: z.literal('hello'),
  version: z.literal(LINK_VERSION),
  agent: AgentIdSchema,
  nonce,
});
export type Hello = z.infer<typeof Hello>;

export const Proof = z.strictObject({
  type: z.literal('proof'),
  signature,
  /** This life of the outbox. */
  stream: StreamIdSchema,
  software: z.strictObject({ version: z.string(), node: z.string(), platform: z.string(), host: z.string() }),
  /** The kinds of things this agent has drivers for. */
  models: z.array(ThingModel).max(100),
});
export type Proof = z.infer<typeof Proof>;

/** From the agent, once the proofs are done. */
export const AgentMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('observations'),
    stream: StreamIdSchema,
    /** Seq of the first item; the others follow without a gap. */
    from: SeqSchema,
    items: z.array(Observation).min(1).max(MAX_BATCH),
  }),
  /** When each thing's reported values were last found still true. Lossy. */
  z.strictObject({
    type: z.literal('pulse'),
    things: z.array(z.tuple([ThingIdSchema, InstantSchema])).max(10_000),
  }),
  z.strictObject({ type: z.literal('health'), health: AgentHealth }),
]);
export type AgentMessage = z.infer<typeof AgentMessage>;

export const Challenge = z.strictObject({
  type: z.literal('challenge'),
  nonce,
  time: InstantSchema,
  signature,
});

/** From the server, after the challenge. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    /** Highest contiguous seq of this stream in the log; 0 for a new one. */
    acknowledged: z.int().nonnegative(),
    things: z.array(Assignment),
  }),
  /** The batch is committed: the outbox may forget all up to and including `seq`. */
  z.strictObject({ type: z.literal('acknowledge'), stream: StreamIdSchema, seq: z.int().nonnegative() }),
  /** The batch does not follow on: send again from `expected`. */
  z.strictObject({ type: z.literal('gap'), stream: StreamIdSchema, expected: SeqSchema }),
  /** The whole list of things to look after has changed. */
  z.strictObject({ type: z.literal('assign'), things: z.array(Assignment) }),
  z.strictObject({ type: z.literal('order'), order: SignedOrder }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

/** Why a connection was closed by the server (WebSocket close codes of the private range). */
export const LinkClose = {
  /** A frame that does not parse or comes at the wrong time. */
  protocol: 4400,
  /** Unknown agent, wrong proof or wrong version. */
  refused: 4401,
  /** The agent's enrolment was taken back; it must not try again. */
  revoked: 4403,
  /** The same agent connected anew; this connection is the old one. */
  replaced: 4409,
  /** The server is stopping; try again. */
  stopping: 4503,
} as const;
