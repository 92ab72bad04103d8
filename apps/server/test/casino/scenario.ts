import * as z from 'zod';
import { Policy } from '../../src/domains/casino/facts/fact.ts';

const name = z.string().min(1);
const instant = z.iso.datetime({ precision: 3 });
const minor = z.int().nonnegative();

const Observation = z.looseObject({
  at: instant,
  type: z.enum(['reading', 'exception', 'identity', 'config', 'handpayInfo']),
  machine: name,
});
export type Observation = z.infer<typeof Observation>;

const Delivery = z.strictObject({
  at: instant,
  type: z.literal('delivery'),
  agent: name,
  stream: name,
  first: z.int().positive(),
  observations: z.array(Observation),
});
export type Delivery = z.infer<typeof Delivery>;

const Command = z.strictObject({
  at: instant,
  type: z.literal('command'),
  agent: name,
  id: name,
  deadline: instant,
  thing: name,
  action: name,
  input: z.record(z.string(), z.json()),
  signature: z.enum(['good', 'tampered', 'otherKey']),
});
export type Command = z.infer<typeof Command>;

const TransferMessage = z.looseObject({ at: instant, type: z.literal('transfer.machine'), key: name });
export type TransferMessage = z.infer<typeof TransferMessage>;

/** What the hall's journal takes as it stands, but for the names of two fields; it checks the rest itself. */
const Other = z.looseObject({
  at: instant,
  type: z.enum([
    'link',
    'agent.restart',
    'clock',
    'clear.announce',
    'reading.manual',
    'held.resolve',
    'enrol',
    'gameDay.close',
    'bind',
    'unbind',
    'shift.open',
    'shift.count',
    'shift.close',
    'vault.fill',
    'vault.credit',
    'transfer.request',
    'transfer.approve',
    'transfer.refund',
    'transfer.decide',
    'transfer.correct',
    'handpay.pay',
    'stacker.removed',
    'stacker.counted',
  ]),
});
export type Other = z.infer<typeof Other>;

const Event = z.discriminatedUnion('type', [Observation, Delivery, Command, TransferMessage, Other]);
export type Event = z.infer<typeof Event>;

const Check = z.strictObject({
  at: instant.optional(),
  query: name,
  args: z.record(z.string(), z.json()),
  equals: z.json(),
});
export type Check = z.infer<typeof Check>;

const Setup = z.strictObject({
  site: z.strictObject({
    timeZone: name,
    gameDayStart: name,
    currency: name,
    minorDigits: z.literal([0, 2]),
  }),
  machines: z.array(z.looseObject({ id: name, agent: name, serial: name, romSignature: name.optional() })),
  agents: z.array(z.strictObject({ id: name, machines: z.array(name) })).default([]),
  players: z.array(z.strictObject({ id: name })).default([]),
  desks: z.array(z.strictObject({ id: name, openingMinor: minor })).default([]),
  pools: z.array(z.looseObject({ id: name })).default([]),
  policy: Policy,
});
export type Setup = z.infer<typeof Setup>;

/** One scenario of the form vakhta-casino-scenario/1. Its prose decides nothing and may be left out. */
export const Scenario = z.strictObject({
  schema: z.literal('vakhta-casino-scenario/1').optional(),
  id: z.string().optional(),
  title: z.string().optional(),
  why: z.string().optional(),
  setup: Setup,
  events: z.array(Event),
  checks: z.array(Check).min(1),
});
export type Scenario = z.infer<typeof Scenario>;
