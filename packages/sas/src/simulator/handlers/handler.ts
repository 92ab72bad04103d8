import type { RequestFields } from '../../codec/message.ts';
import type { MessageName, Messages } from '../../messages/registry.ts';
import type { Machine } from '../machine.ts';
import type { Answer } from '../port/conversation.ts';
import type { MachinePort } from '../port/machine-port.ts';

/** How the machine answers one long poll; the fields come as its declaration says. */
export type Handler<N extends MessageName> = (
  machine: Machine,
  request: RequestFields<Messages[N]>,
  port: MachinePort,
) => Answer;

export type Handlers = { readonly [N in MessageName]?: Handler<N> };

export const ack: Answer = { kind: 'ack' };
export const nack: Answer = { kind: 'nack' };
export const silence: Answer = { kind: 'silence' };
export const data = (fields: Readonly<Record<string, unknown>>, taken?: () => void): Answer => ({
  kind: 'data',
  fields,
  ...(taken ? { taken } : {}),
});
