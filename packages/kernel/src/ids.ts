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

/** A new UUIDv7 (RFC 9562 §5.7): sorted by the time it was made, so that indexes grow at one end. */
export function newId<T extends Id<string>>(deps: { clock: Clock; random: Random }): T {
  const bytes = deps.random.bytes(16);
  let time = deps.clock.now();
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
}
