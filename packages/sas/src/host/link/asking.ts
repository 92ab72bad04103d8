import { encodeRequest, longPollTo } from '../../frames/index.ts';
import { type MessageName, messages } from '../../messages/index.ts';
import type { QueuedPoll } from '../polls/poll-queue.ts';
import type { HeldPoll } from './hold.ts';

/** What a machine is asked: whether it has something to tell, or a long poll. */
export type Asking = { readonly kind: 'general' } | { readonly kind: 'long'; readonly poll: QueuedPoll };

/** The bytes of it; `general` are those of the general poll. */
export const pollOf = (asking: Asking, general: Uint8Array): HeldPoll =>
  asking.kind === 'general'
    ? { bytes: general, pending: 'GP' }
    : { bytes: asking.poll.bytes, pending: asking.poll.command };

/** A long poll without fields that nobody queued: the link asks it itself. */
export const ownPoll = (
  address: number,
  name: MessageName,
  priority: QueuedPoll['priority'],
  done: QueuedPoll['done'],
): QueuedPoll => ({
  // The link's own polls have no fields.
  bytes: encodeRequest(longPollTo(address, name, {} as never)),
  command: messages[name].code,
  priority,
  deadline: Number.POSITIVE_INFINITY,
  order: 0,
  notBefore: 0,
  sent: 0,
  refusals: 0,
  keep: undefined,
  done,
});
