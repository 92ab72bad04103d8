import type { Message } from '../codec/message.ts';
import { aft } from './aft.ts';
import { awards } from './awards.ts';
import { control } from './control.ts';
import { identity } from './identity.ts';
import { meterPolls } from './meters.ts';
import { multiDenomPoll } from './multi-denom.ts';
import { simpleMeters } from './simple-meters.ts';
import { tickets } from './tickets.ts';
import { uncertain } from './uncertain.ts';

const wrapped = {
  ...control,
  ...simpleMeters,
  ...meterPolls,
  ...identity,
  ...awards,
  ...tickets,
  ...aft,
  ...uncertain,
};

const declared = (all: object): [name: string, message: Message][] => Object.entries(all);

const wrappedByCode = new Map(declared(wrapped).map(([, message]) => [message.code, message]));

/** Every long poll by the name programs use. */
export const messages = { ...wrapped, multiDenom: multiDenomPoll((code) => wrappedByCode.get(code)) };

export type Messages = typeof messages;
export type MessageName = keyof Messages;

export const messageNames = Object.keys(messages) as MessageName[];

const byCode = new Map(
  declared(messages).map(([name, message]) => [message.code, { name: name as MessageName, message }]),
);

/** The declaration of a command, by its two hex digits; undefined for a command that nobody has named. */
export const messageByCode = (
  code: string,
): { readonly name: MessageName; readonly message: Message } | undefined => byCode.get(code);

const byByte: readonly (Message | undefined)[] = Array.from({ length: 256 }, (_, code) =>
  byCode.get(code.toString(16).toUpperCase().padStart(2, '0')),
).map((entry) => entry?.message);

/** The same, by the byte on the wire. */
export const messageByByte = (command: number): Message | undefined => byByte[command];
