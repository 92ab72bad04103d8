import {
  type AgentId,
  type Duration,
  err,
  type Instant,
  ok,
  type Result,
  seconds,
  type ThingId,
} from '@vakhta/kernel';
import * as z from 'zod';
import { AgentIdSchema, CommandIdSchema, InstantSchema, ThingIdSchema } from './ids.ts';
import { isSignedBy, type SigningKey } from './keys.ts';

/** The longest time a signature is good for. A longer deadline, while an agent is away, is the server's own business. */
export const ORDER_LIFETIME = seconds(30);
/** How far the two clocks may differ. */
export const CLOCK_TOLERANCE = seconds(60);

/** One command as the server orders it. */
export const CommandOrder = z.strictObject({
  id: CommandIdSchema,
  agent: AgentIdSchema,
  thing: ThingIdSchema,
  action: z.string().min(1).max(64),
  input: z.record(z.string(), z.json()),
  /** By the server's clock; after it the order is void. */
  notAfter: InstantSchema,
});
export type CommandOrder = z.infer<typeof CommandOrder>;

/** The signature covers the very bytes of `payload`; nothing is parsed before it is checked. */
export const SignedOrder = z.strictObject({
  payload: z.string().max(100_000),
  signature: z.string().max(200),
});
export type SignedOrder = z.infer<typeof SignedOrder>;

export const RefusalCode = z.enum(['bad_signature', 'expired', 'not_for_me', 'replayed', 'not_yet_valid']);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** Why an order is not carried out; `order` is known only when the signature was good. */
export interface Refusal {
  code: RefusalCode;
  order?: CommandOrder;
}

const LABEL = 'vakhta-order-1|';

/** Signs an order; the agent pinned this key when it was enrolled. */
export function signOrder(key: SigningKey, order: CommandOrder): SignedOrder {
  const payload = JSON.stringify(order);
  return { payload, signature: key.sign(LABEL + payload) };
}

export interface OrderJudge {
  serverKey: string;
  agent: AgentId;
  /** The server's time as this agent knows it. */
  now: Instant;
  looksAfter(thing: ThingId): boolean;
  /** How far ahead a deadline may lie: a signature's life and the difference of the clocks, unless told otherwise. */
  ahead?: Duration;
  /** Whether the id was ever taken, by the journal on disk. */
  wasTaken(id: CommandOrder['id']): boolean;
}

/** Judges an order by the rules of the design, in its order of refusals. */
export function judgeOrder(signed: SignedOrder, judge: OrderJudge): Result<CommandOrder, Refusal> {
  if (!isSignedBy(judge.serverKey, LABEL + signed.payload, signed.signature))
    return err({ code: 'bad_signature' });
  const parsed = CommandOrder.safeParse(parseJson(signed.payload));
  if (!parsed.success) return err({ code: 'bad_signature' });
  const order = parsed.data;
  if (order.notAfter < judge.now) return err({ code: 'expired', order });
  if (order.agent !== judge.agent || !judge.looksAfter(order.thing))
    return err({ code: 'not_for_me', order });
  if (judge.wasTaken(order.id)) return err({ code: 'replayed', order });
  if (order.notAfter > judge.now + (judge.ahead ?? ORDER_LIFETIME + CLOCK_TOLERANCE))
    return err({ code: 'not_yet_valid', order });
  return ok(order);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
