import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

declare const brand: unique symbol;
/** A string that only its own `new*Id` or a schema can make. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type OrganisationId = Id<'organisation'>;
export type UserId = Id<'user'>;
export type MemberId = Id<'member'>;
export type SiteId = Id<'site'>;
export type GroupId = Id<'group'>;
export type AgentId = Id<'agent'>;
export type ThingId = Id<'thing'>;
export type CommandId = Id<'command'>;
export type BatchId = Id<'batch'>;
/** One life of an agent's outbox. `(agent, stream, seq)` names an observation. */
export type StreamId = Id<'stream'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether `text` is a lower-case RFC 9562 UUID, the form of all our ids. */
export const isId = (text: string): boolean => UUID.test(text);

/** The millisecond of the last id made in this process, and its place within it. */
const latest = { time: -1, counter: 0 };

/**
 * A new UUIDv7 (RFC 9562 §5.7): sorted by the time it was made, so that indexes grow at one end. Ids that one process
 * makes within a millisecond sort in the order they were made (§6.2, method 1: `rand_a` is a counter with a random
 * start).
 */
export function newId<T extends Id<string>>(deps: { clock: Clock; random: Random }): T {
  const bytes = deps.random.bytes(16);
  const time = deps.clock.now();
  // Half of the counter's range is left to count in.
  latest.counter =
    time === latest.time ? (latest.counter + 1) & 0xfff : ((bytes[6]! << 8) | bytes[7]!) & 0x7ff;
  latest.time = time;
  for (let i = 5, rest = time; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes[6] = 0x70 | (latest.counter >> 8);
  bytes[7] = latest.counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
}
