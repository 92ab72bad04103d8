import type { CasinoRefusal } from '@vakhta/api';
import * as z from 'zod';

const name = z.string().min(1).max(200);
const instant = z.iso.datetime({ precision: 3 });
const minor = z.int().nonnegative();
const code = z.string().regex(/^[0-9A-F]{2}([0-9A-F]{2})?$/);
const meters = z.record(code, z.int().nonnegative()).refine((values) => Object.keys(values).length > 0);
const percent = z.string().regex(/^\d+(\.\d{1,5})?$/);
const day = z.iso.date();
const ref = name.optional();
const by = name;
const approvedBy = name.optional();

/** The hall's rules that its owner may set. Times are in the unit of the name, amounts in minor units. */
export const Policy = z.strictObject({
  offlineWarningSeconds: minor.default(15),
  offlineCriticalSeconds: minor.default(60),
  lateSeconds: minor.default(60),
  boundarySlackSeconds: minor.default(60),
  idleTimeoutMinutes: minor.nullable().default(null),
  twoPersonLimitMinor: minor.nullable().default(null),
  shiftToleranceMinor: minor.default(0),
  shiftReportAtMinor: minor.nullable().default(null),
  aftUnresolvedSeconds: minor.default(30),
  nextSlip: minor.default(1),
  amlThresholdMinor: minor.nullable().default(null),
  holdMinGames: minor.default(100_000),
  holdLimitPp: percent.default('3.000'),
  dropInvestigateAtMinor: minor.default(1),
  commandTtlSeconds: minor.default(30),
  commandClockSlackSeconds: minor.default(60),
  clockDriftSeconds: minor.default(2),
});
export type Policy = z.infer<typeof Policy>;

/** How the floor is set up. */
const setUp = [
  z.strictObject({
    kind: z.literal('hall.set'),
    timeZone: name,
    gameDayStart: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    currency: name,
    minorDigits: z.literal([0, 2]),
    policy: Policy.prefault({}),
  }),
  z.strictObject({ kind: z.literal('agent.added'), agent: name }),
  z.strictObject({
    kind: z.literal('machine.added'),
    machine: name,
    agent: name,
    serial: name,
    denominationMinor: z.int().positive(),
    /** Decimal digits of its meters, or by code with '*' for the rest. */
    meterDigits: z.union([z.int().min(1).max(18), z.record(z.string(), z.int().min(1).max(18))]),
    maxBetCredits: z.int().positive(),
    maxWinCredits: z.int().positive(),
    parHoldPct: percent.nullable(),
    position: name.optional(),
    romSignature: name.optional(),
  }),
  // Through which thing of the hall's agents a machine is heard; more than one where an agent was replaced.
  z.strictObject({ kind: z.literal('thing.placed'), thing: z.uuid(), machine: name }),
  z.strictObject({ kind: z.literal('player.added'), player: name }),
  z.strictObject({ kind: z.literal('desk.added'), desk: name, openingMinor: minor }),
  z.strictObject({
    kind: z.literal('pool.added'),
    pool: name,
    startMinor: minor,
    ratePct: percent,
    /** Hidden thresholds, used one after the other. */
    hitAtMinor: z.array(minor),
    machines: z.array(name),
  }),
] as const;

const HandpayLevel = z.enum(['cancelledCredit', 'nonProgressive', 'progressive']);
const TransferKind = z.enum(['cashable', 'restricted', 'nonrestricted']);
const TransferDirection = z.enum(['toMachine', 'toHost']);

/** What a machine tells through an agent. */
const told = [
  z.strictObject({ kind: z.literal('reading'), machine: name, meters }),
  z.strictObject({ kind: z.literal('exception'), machine: name, code }),
  z.strictObject({
    kind: z.literal('identity'),
    machine: name,
    serial: name,
    romSignature: name.optional(),
  }),
  z.strictObject({
    kind: z.literal('config'),
    machine: name,
    denominationMinor: z.int().positive(),
    parHoldPct: percent.nullable(),
  }),
  z.strictObject({
    kind: z.literal('handpayInfo'),
    machine: name,
    level: HandpayLevel,
    amountMinor: z.int().positive(),
    partialMinor: minor,
    pool: name.optional(),
  }),
  z.strictObject({
    kind: z.literal('transfer.machine'),
    machine: name,
    /** The transfer by its key, or by the number that went on the wire. */
    key: name.optional(),
    number: z.int().positive().optional(),
    message: z.enum(['noReply', 'initiateReply', 'interrogateReply', 'historyReply']),
    status: code.optional(),
    amountMinor: minor.optional(),
    entries: z
      .array(z.strictObject({ key: name.nullable(), status: code, amountMinor: minor.optional() }))
      .optional(),
  }),
] as const;

/** How agents themselves fare, and what they say that we cannot read. */
const ofAgents = [
  z.strictObject({ kind: z.literal('notUnderstood'), machine: name, event: name, problem: z.string() }),
  z.strictObject({ kind: z.literal('mirror'), state: z.enum(['behind', 'level']) }),
  z.strictObject({ kind: z.literal('link'), agent: name, state: z.enum(['up', 'down']) }),
  z.strictObject({ kind: z.literal('agent.restart'), agent: name }),
  z.strictObject({ kind: z.literal('clock'), agent: name, offsetSeconds: z.int() }),
  z.strictObject({
    kind: z.literal('order.judged'),
    agent: name,
    order: name,
    result: z.enum(['executed', 'refused']),
    code: name.nullable(),
  }),
] as const;

/** What people do. */
const acts = [
  z.strictObject({ kind: z.literal('clear.announce'), machine: name, by, approvedBy, ref }),
  z.strictObject({
    kind: z.literal('reading.manual'),
    machine: name,
    /** Left out: when it was told. */
    observedAt: instant.optional(),
    meters,
    closesEpoch: z.int().positive().optional(),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({
    kind: z.literal('held.resolve'),
    machine: name,
    code,
    decision: z.enum(['accept', 'reject']),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({
    kind: z.literal('enrol'),
    machine: name,
    serial: name,
    denominationMinor: z.int().positive(),
    parHoldPct: percent.nullable(),
    by,
    approvedBy,
    ref,
  }),
  // Which decision: that on what the meter told at this instant.
  z.strictObject({ kind: z.literal('held.undo'), machine: name, code, at: instant, by, approvedBy, ref }),
  z.strictObject({
    kind: z.literal('alert.acknowledge'),
    code: name,
    subject: name,
    by,
    note: z.string().min(1).max(500).optional(),
    ref,
  }),
  z.strictObject({ kind: z.literal('notUnderstood.setAside'), message: z.int().positive(), by, ref }),
  z.strictObject({ kind: z.literal('gameDay.close'), date: day, by, approvedBy, ref }),
  z.strictObject({ kind: z.literal('bind'), machine: name, player: name, ref }),
  z.strictObject({ kind: z.literal('unbind'), machine: name, ref }),
  z.strictObject({ kind: z.literal('shift.open'), desk: name, cashier: name, countMinor: minor, ref }),
  z.strictObject({ kind: z.literal('shift.count'), desk: name, by, countMinor: minor, ref }),
  z.strictObject({
    kind: z.literal('shift.close'),
    desk: name,
    by,
    reason: z.string().min(1).optional(),
    approvedBy,
    ref,
  }),
  z.strictObject({
    kind: z.literal('vault.fill'),
    desk: name,
    amountMinor: z.int().positive(),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({
    kind: z.literal('vault.credit'),
    desk: name,
    amountMinor: z.int().positive(),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({
    kind: z.literal('transfer.request'),
    key: name,
    credit: TransferKind,
    direction: TransferDirection,
    desk: name,
    machine: name,
    amountMinor: z.int().positive(),
    player: name.optional(),
    allowPartial: z.boolean().default(false),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({ kind: z.literal('transfer.approve'), key: name, by, ref }),
  z.strictObject({ kind: z.literal('transfer.refund'), key: name, by, ref }),
  z.strictObject({
    kind: z.literal('transfer.decide'),
    key: name,
    decision: z.enum(['applied', 'notApplied']),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({ kind: z.literal('transfer.correct'), key: name, by, approvedBy, ref }),
  z.strictObject({
    kind: z.literal('handpay.pay'),
    machine: name,
    desk: name,
    amountMinor: minor.optional(),
    by,
    approvedBy,
    ref,
  }),
  z.strictObject({ kind: z.literal('stacker.removed'), machine: name, ref }),
  z.strictObject({
    kind: z.literal('stacker.counted'),
    machine: name,
    /** Number of notes by their value in minor units. */
    notes: z.record(z.string().regex(/^\d+$/), z.int().nonnegative()),
    by,
    approvedBy,
    ref,
  }),
] as const;

/** One line of the hall's journal. */
export const Fact = z.discriminatedUnion('kind', [...setUp, ...told, ...ofAgents, ...acts]);
export type Fact = z.infer<typeof Fact>;
/** A fact before its defaults are filled in. */
export type FactInput = z.input<typeof Fact>;
export type FactKind = Fact['kind'];
export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;

/** What a machine tells, as the log carries it. */
export const Told = z.discriminatedUnion('kind', [...told]);
export type Told = z.infer<typeof Told>;
/** Names of the events that tell it. */
export const toldKinds: ReadonlySet<string> = new Set(told.map(({ shape }) => shape.kind.value));

/** What came of something a person did. `sameAs`: the ref of the request this one repeats. */
export interface Answer {
  status: 'done' | 'accepted' | 'waiting' | 'refused';
  code: CasinoRefusal | null;
  sameAs: string | null;
}

export const done: Answer = { status: 'done', code: null, sameAs: null };
export const refused = (code: CasinoRefusal): Answer => ({ status: 'refused', code, sameAs: null });

/** The rule of two persons; undefined where it is kept. */
export function lacksSecondPerson(act: { by: string; approvedBy?: string | undefined }): Answer | undefined {
  if (act.approvedBy === undefined) return refused('approval_required');
  if (act.approvedBy === act.by) return refused('self_approval');
  return undefined;
}
