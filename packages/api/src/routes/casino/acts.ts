import * as z from 'zod';
import { Id } from '../../fields.ts';
import type { Permission } from '../../permissions.ts';
import { route } from '../../route.ts';
import {
  CasinoAnswer,
  CasinoName,
  deskParams,
  GameDay,
  hallParams,
  MeterCode,
  Minor,
  machineParams,
  Percent,
  PositiveMinor,
  transferParams,
} from './fields.ts';

const empty = z.strictObject({});
const Meters = z.record(MeterCode, z.int().nonnegative());

const act = <
  const Path extends `/${string}`,
  Params extends z.ZodObject,
  Body extends z.ZodType,
  const Access extends Permission,
>(
  path: Path,
  summary: string,
  access: Access,
  params: Params,
  body: Body,
) =>
  route({
    method: 'POST',
    path: `/casino/halls/{hall}${path}`,
    summary,
    access,
    params,
    body,
    response: CasinoAnswer,
  });

/** What floor staff may have a machine do. `resetHandpay`: after it was paid against its slip. */
export const MachineOrder = z.enum(['readNow', 'resetHandpay', 'enable', 'disable']);
export type MachineOrder = z.infer<typeof MachineOrder>;

/** What people do on the floor. Where two persons are needed, the second approves and the first sends the same again. */
export const casinoActRoutes = {
  seatGuest: act(
    '/machines/{machine}/guest',
    'Seat a guest at a machine',
    'casino.attend',
    machineParams,
    z.strictObject({ player: CasinoName }),
  ),
  unseatGuest: act(
    '/machines/{machine}/guest/leave',
    'End the guest’s session',
    'casino.attend',
    machineParams,
    empty,
  ),
  acknowledgeCasinoAlert: act(
    '/alerts/acknowledgement',
    'Take an open alert on',
    'casino.attend',
    hallParams,
    z.strictObject({
      code: CasinoName,
      subject: CasinoName,
      note: z.string().trim().min(1).max(500).optional(),
    }),
  ),
  setMessageAside: act(
    '/messages/{message}/set-aside',
    'Take a message that was not understood out of the inbox',
    'casino.close',
    hallParams.extend({ message: z.coerce.number().int().min(1) }),
    empty,
  ),
  announceClear: act(
    '/machines/{machine}/clear',
    'Announce a clear of the machine’s memory (two persons)',
    'casino.attend',
    machineParams,
    empty,
  ),
  typeReading: act(
    '/machines/{machine}/readings',
    'Type meters that a person read (two persons)',
    'casino.attend',
    machineParams,
    z.strictObject({
      /** Left out: just now, by the server's clock. */
      observedAt: z.iso.datetime({ precision: 3 }).optional(),
      meters: Meters,
      closesEpoch: z.int().positive().optional(),
    }),
  ),
  enrolMachine: act(
    '/machines/{machine}/enrolment',
    'Take the cabinet that stands there now into service (two persons)',
    'casino.manage',
    machineParams,
    z.strictObject({ serial: CasinoName, denominationMinor: PositiveMinor, parHoldPct: Percent.nullable() }),
  ),
  resolveHeldDelta: act(
    '/machines/{machine}/held-deltas/{code}',
    'Accept or reject a held delta (two persons)',
    'casino.close',
    machineParams.extend({ code: MeterCode }),
    z.strictObject({ decision: z.enum(['accept', 'reject']) }),
  ),
  undoHeldDelta: act(
    '/machines/{machine}/held-deltas/{code}/undo',
    'Take a decision on a held delta back while its day is open (two persons)',
    'casino.close',
    machineParams.extend({ code: MeterCode }),
    z.strictObject({ at: z.iso.datetime({ precision: 3 }).describe('When the meter told it.') }),
  ),
  payHandpay: act(
    '/machines/{machine}/handpay',
    'Pay the pending handpay from a desk (two persons above the limit)',
    'casino.cash',
    machineParams,
    z.strictObject({ desk: CasinoName, amountMinor: Minor.optional() }),
  ),
  orderMachine: route({
    method: 'POST',
    path: '/casino/halls/{hall}/machines/{machine}/orders',
    summary: 'Have the machine do something; its agent says what came of it',
    access: 'casino.attend',
    params: machineParams,
    body: z.strictObject({ order: MachineOrder }),
    response: z.object({ command: Id }),
  }),
  removeStacker: act(
    '/machines/{machine}/stacker/removal',
    'The stacker is taken out',
    'casino.attend',
    machineParams,
    empty,
  ),
  countStacker: act(
    '/machines/{machine}/stacker/count',
    'Enter the count of a stacker (two persons)',
    'casino.attend',
    machineParams,
    z.strictObject({ notes: z.record(z.string().regex(/^\d+$/), z.int().nonnegative()) }),
  ),
  openShift: act(
    '/desks/{desk}/shift',
    'Open a shift with the counted float',
    'casino.cash',
    deskParams,
    z.strictObject({ countMinor: Minor }),
  ),
  countShift: act(
    '/desks/{desk}/shift/count',
    'Enter the blind count',
    'casino.cash',
    deskParams,
    z.strictObject({ countMinor: Minor }),
  ),
  closeShift: act(
    '/desks/{desk}/shift/close',
    'Close the counted shift (two persons and a reason beyond the tolerance)',
    'casino.cash',
    deskParams,
    z.strictObject({ reason: z.string().trim().min(1).max(500).optional() }),
  ),
  fillDrawer: act(
    '/desks/{desk}/fills',
    'From the vault to the drawer',
    'casino.cash',
    deskParams,
    z.strictObject({ amountMinor: PositiveMinor }),
  ),
  creditVault: act(
    '/desks/{desk}/credits',
    'From the drawer to the vault',
    'casino.cash',
    deskParams,
    z.strictObject({ amountMinor: PositiveMinor }),
  ),
  requestTransfer: act(
    '/transfers/{key}',
    'Move credits to or from a machine; one key is one transfer, however often it is sent',
    'casino.cash',
    transferParams,
    z.strictObject({
      credit: z.enum(['cashable', 'restricted', 'nonrestricted']),
      direction: z.enum(['toMachine', 'toHost']),
      desk: CasinoName,
      machine: CasinoName,
      amountMinor: PositiveMinor,
      player: CasinoName.optional(),
      allowPartial: z.boolean().default(false),
    }),
  ),
  approveTransfer: act(
    '/transfers/{key}/approval',
    'Approve a transfer above the limit',
    'casino.approve',
    transferParams,
    empty,
  ),
  refundTransfer: act(
    '/transfers/{key}/refund',
    'Confirm that the money was given back',
    'casino.cash',
    transferParams,
    empty,
  ),
  decideTransfer: act(
    '/transfers/{key}/decision',
    'Say what became of a transfer no evidence decides (two persons)',
    'casino.close',
    transferParams,
    z.strictObject({ decision: z.enum(['applied', 'notApplied']) }),
  ),
  correctTransfer: act(
    '/transfers/{key}/correction',
    'Correct a wrong decision (two persons)',
    'casino.close',
    transferParams,
    empty,
  ),
  closeGameDay: act(
    '/game-days/{date}/close',
    'Close a game day (two persons)',
    'casino.close',
    hallParams.extend({ date: GameDay }),
    empty,
  ),
  addPlayer: act(
    '/players',
    'Add a guest',
    'casino.attend',
    hallParams,
    z.strictObject({ player: CasinoName }),
  ),
} as const;
