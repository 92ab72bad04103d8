import * as z from 'zod';
import { Id, JsonValue, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { CasinoHandpay } from './cash.ts';
import { CasinoName, hallParams, machineParams, Percent, PositiveMinor } from './fields.ts';

export const CasinoHall = z.object({
  id: Id,
  name: z.string(),
  timeZone: z.string(),
  gameDayStart: z.string(),
  currency: z.string(),
  minorDigits: z.int(),
  gameDay: z.string().describe('The game day it is now.'),
});
export type CasinoHall = z.infer<typeof CasinoHall>;

/** A machine as it stands now. Null is not known, never zero. */
export const CasinoMachine = z.object({
  machine: z.string(),
  thing: Id.nullable().describe('The thing it is heard through, whose live state the socket tells.'),
  position: z.string().nullable(),
  serial: z.string(),
  state: z.enum(['live', 'waiting_enrolment']),
  link: z.enum(['online', 'stale', 'offline']),
  creditingAllowed: z.boolean(),
  denominationMinor: z.int(),
  parHoldPct: z.string().nullable(),
  credits: z.int().nullable(),
  player: z.string().nullable(),
  playingSince: Time.nullable(),
  lastReadingAt: Time.nullable(),
  lastGameAt: Time.nullable(),
  handpay: CasinoHandpay.nullable().describe('The one it is locked by.'),
  /** Of the current game day. */
  today: z.object({
    coinInMinor: z.int(),
    totalWonMinor: z.int(),
    winMinor: z.int(),
    holdPct: z.string().nullable(),
    dropMinor: z.int(),
    games: z.int(),
  }),
  openAlerts: z.array(z.object({ code: z.string(), severity: z.string(), openedAt: Time, count: z.int() })),
});
export type CasinoMachine = z.infer<typeof CasinoMachine>;

export const CasinoMachineDetail = CasinoMachine.extend({
  previousSerials: z.array(z.string()),
  meters: z.record(z.string(), z.int()),
  lifetime: z.record(z.string(), z.int()),
  identityDifferenceCredits: z.int().describe('Zero on a machine that counts as it should.'),
  epochs: z.array(
    z.object({
      epoch: z.int(),
      openedAt: Time,
      closedAt: Time.nullable(),
      closedBy: z.string().nullable(),
      gap: z.string().nullable(),
    }),
  ),
  events: z.array(z.object({ at: Time, code: z.string() })),
  stackersToCount: z.array(Time).describe('When stackers were taken out that nobody has counted yet.'),
});
export type CasinoMachineDetail = z.infer<typeof CasinoMachineDetail>;

/** Something that waits for a person: why, and what it would do to the figures. */
export const CasinoInboxItem = z.object({
  reason: z.enum(['held_delta', 'unknown_gap', 'waiting_enrolment', 'unresolved_transfer', 'not_understood']),
  machine: z.string(),
  at: Time,
  what: z.string().describe('The held meter, the epoch, the serial, the key of the transfer, the event.'),
  delta: z.int().nullable(),
  amountMinor: z.int().nullable(),
  gameDay: z.string().nullable(),
  detail: z.record(z.string(), JsonValue),
});
export type CasinoInboxItem = z.infer<typeof CasinoInboxItem>;

/** A held delta that two persons decided. */
export const DecidedDelta = z.object({
  machine: z.string(),
  code: z.string(),
  at: Time.describe('When the meter told it.'),
  decision: z.enum(['accepted', 'rejected']),
  delta: z.int(),
  amountMinor: z.int().nullable(),
  gameDay: z.string(),
});
export type DecidedDelta = z.infer<typeof DecidedDelta>;

/** The meters that SAS tells in cents have ten digits, the others eight, unless the machine’s papers say otherwise. */
export const USUAL_METER_DIGITS = { '*': 8, A0: 10, A2: 10, A4: 10, B8: 10 } as const;

const rules = {
  timeZone: CasinoName,
  gameDayStart: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  minorDigits: z.literal([0, 2]),
};
const Policy = z.record(z.string(), z.union([z.int().nonnegative(), z.string(), z.null()]));

/** How a hall is set up. */
export const CasinoHallRules = z.object({
  ...rules,
  minorDigits: z.int(),
  policy: Policy.describe('Limits, tolerances and times; each of them has a value.'),
});
export type CasinoHallRules = z.infer<typeof CasinoHallRules>;

export const CasinoMirror = z.object({
  state: z.enum(['connecting', 'copying', 'level', 'waiting']),
  rowsBehind: z.int(),
  behindSince: Time.nullable(),
  error: z.string().nullable().describe('Why it waits.'),
  toldAt: Time,
});
export type CasinoMirror = z.infer<typeof CasinoMirror>;

const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

export const casinoFloorRoutes = {
  listHalls: route({
    method: 'GET',
    path: '/casino/halls',
    summary: 'The halls',
    access: 'casino.view',
    response: list(CasinoHall),
  }),
  setHall: route({
    method: 'PUT',
    path: '/casino/halls/{hall}',
    summary: 'Make a site a hall, or change its rules',
    access: 'casino.manage',
    status: 204,
    params: hallParams,
    body: z.strictObject({ ...rules, policy: Policy.default({}) }),
  }),
  readHallRules: route({
    method: 'GET',
    path: '/casino/halls/{hall}/rules',
    summary: 'How a hall is set up',
    access: 'casino.view',
    params: hallParams,
    response: CasinoHallRules,
  }),
  readMirror: route({
    method: 'GET',
    path: '/casino/halls/{hall}/mirror',
    summary: 'How far the hall’s books are copied into a database of the customer’s own',
    access: 'casino.view',
    params: hallParams,
    response: z.object({ mirror: CasinoMirror.nullable().describe('Null: no such database is named.') }),
  }),
  addMachine: route({
    method: 'POST',
    path: '/casino/halls/{hall}/machines',
    summary: 'Put a machine on the floor',
    access: 'casino.manage',
    status: 204,
    params: hallParams,
    body: z.strictObject({
      machine: CasinoName,
      thing: Id.describe('The thing it is heard through.'),
      serial: CasinoName,
      position: CasinoName.optional(),
      romSignature: CasinoName.optional(),
      denominationMinor: PositiveMinor,
      meterDigits: z
        .union([z.int().min(1).max(18), z.record(z.string(), z.int().min(1).max(18))])
        .default(USUAL_METER_DIGITS),
      maxBetCredits: z.int().positive(),
      maxWinCredits: z.int().positive(),
      parHoldPct: Percent.nullable(),
    }),
  }),
  addDesk: route({
    method: 'POST',
    path: '/casino/halls/{hall}/desks',
    summary: 'Add a cash desk with its float',
    access: 'casino.manage',
    status: 204,
    params: hallParams,
    body: z.strictObject({ desk: CasinoName, openingMinor: z.int().nonnegative() }),
  }),
  readFloor: route({
    method: 'GET',
    path: '/casino/halls/{hall}/floor',
    summary: 'Every machine as it stands',
    access: 'casino.view',
    params: hallParams,
    response: list(CasinoMachine),
  }),
  readMachine: route({
    method: 'GET',
    path: '/casino/halls/{hall}/machines/{machine}',
    summary: 'One machine with its meters, epochs and last events',
    access: 'casino.view',
    params: machineParams,
    response: CasinoMachineDetail,
  }),
  readInbox: route({
    method: 'GET',
    path: '/casino/halls/{hall}/inbox',
    summary: 'What waits to be looked into, with the reason',
    access: 'casino.view',
    params: hallParams,
    response: z.object({
      items: z.array(CasinoInboxItem),
      decided: z
        .array(DecidedDelta)
        .describe('What may be taken back while its day is open, the newest first.'),
    }),
  }),
} as const;
