import * as z from 'zod';
import { Id, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { CasinoName, hallParams, transferParams } from './fields.ts';

const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

/** Counted: the cashier has told what is in the drawer, and may close. */
export const CasinoShift = z.object({
  state: z.enum(['open', 'counted', 'closed']),
  cashier: Id,
  openedAt: Time,
  closedAt: Time.nullable(),
  openingMinor: z.int(),
  expectedMinor: z.int().nullable(),
  countedMinor: z.int().nullable(),
  overShortMinor: z.int().nullable(),
  classification: z.enum(['within_tolerance', 'short', 'over']).nullable(),
  reportable: z.boolean().nullable(),
});
export type CasinoShift = z.infer<typeof CasinoShift>;

export const CasinoDesk = z.object({
  desk: z.string(),
  drawerMinor: z.int().nullable().describe('Not shown while the shift waits for its blind count.'),
  shift: CasinoShift.nullable(),
});
export type CasinoDesk = z.infer<typeof CasinoDesk>;

export const TransferState = z.enum([
  'waiting_approval',
  'sent',
  'pending',
  'unknown',
  'completed',
  'partial',
  'not_applied',
  'failed',
  'refunded',
]);
export type TransferState = z.infer<typeof TransferState>;

const transfer = {
  key: z.string(),
  wireId: z.string().describe('Its id on the wire, as the machine keeps it in its history.'),
  state: TransferState,
  credit: z.enum(['cashable', 'restricted', 'nonrestricted']),
  direction: z.enum(['toMachine', 'toHost']),
  desk: z.string(),
  machine: z.string(),
  player: z.string().nullable(),
  requestedMinor: z.int(),
  appliedMinor: z.int(),
  returnedMinor: z.int(),
  requestedBy: Id,
  requestedAt: Time,
  finalAt: Time.nullable(),
  gameDay: z.string(),
};
export const CasinoTransfer = z.object(transfer);
export type CasinoTransfer = z.infer<typeof CasinoTransfer>;

export const CasinoHandpay = z.object({
  machine: z.string(),
  slip: z.string().nullable().describe('The number of the slip it was paid against; null: not paid yet.'),
  kind: z
    .enum(['cancelledCredit', 'nonProgressive', 'progressive'])
    .nullable()
    .describe('Null until the machine told what it waits for.'),
  dueMinor: z.int(),
  paidMinor: z.int(),
  desk: z.string().nullable(),
  paidBy: Id.nullable(),
  approvedBy: Id.nullable(),
  lockedAt: Time,
  paidAt: Time.nullable(),
  resetAt: Time.nullable().describe('Null: the machine is still locked.'),
  gameDay: z.string(),
});
export type CasinoHandpay = z.infer<typeof CasinoHandpay>;

/** Somebody whose name stands beside an act of the hall. */
export const CasinoPerson = z.object({ member: Id, name: z.string() });
export type CasinoPerson = z.infer<typeof CasinoPerson>;

export const casinoCashRoutes = {
  listCasinoStaff: route({
    method: 'GET',
    path: '/casino/halls/{hall}/staff',
    summary: 'The names of those who work in the hall or oversee it',
    access: 'casino.view',
    params: hallParams,
    response: list(CasinoPerson),
  }),
  listDesks: route({
    method: 'GET',
    path: '/casino/halls/{hall}/desks',
    summary: 'Cash desks: shift and drawer',
    access: 'casino.cash',
    params: hallParams,
    response: list(CasinoDesk),
  }),
  listTransfers: route({
    method: 'GET',
    path: '/casino/halls/{hall}/transfers',
    summary: 'Transfers, the newest first',
    access: 'casino.cash',
    params: hallParams,
    query: z.object({
      desk: CasinoName.optional(),
      machine: CasinoName.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: list(CasinoTransfer),
  }),
  readTransfer: route({
    method: 'GET',
    path: '/casino/halls/{hall}/transfers/{key}',
    summary: 'A transfer with each step of its life',
    access: 'casino.cash',
    params: transferParams,
    response: z.object({
      ...transfer,
      steps: z.array(z.object({ at: Time, state: TransferState, cause: z.string() })),
    }),
  }),
  listHandpays: route({
    method: 'GET',
    path: '/casino/halls/{hall}/handpays',
    summary: 'Handpays: those that wait, and the newest of those that are over',
    access: 'casino.view',
    params: hallParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: list(CasinoHandpay),
  }),
} as const;
