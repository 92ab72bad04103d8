import * as z from 'zod';
import type { HallRef, HallSettings } from '../../src/domains/casino/hall/hall.ts';
import * as floor from '../../src/domains/casino/reports/floor.ts';
import * as play from '../../src/domains/casino/reports/play.ts';
import type { Range } from '../../src/domains/casino/reports/range.ts';
import { flowNames, reconcile } from '../../src/domains/casino/reports/reconciliation.ts';
import * as sessions from '../../src/domains/casino/reports/sessions.ts';

export type Read = HallRef & { settings: HallSettings; now: Date };

const text = z.string();
const codes = z.array(text);
const date = z.iso.date();
const instant = z.iso.datetime({ precision: 3 }).transform((at) => new Date(at));

const rangeFields = {
  machine: text.optional(),
  machines: z.array(text).optional(),
  gameDays: z.tuple([date, date]).optional(),
  from: instant.optional(),
  to: instant.optional(),
  epoch: z.int().positive().optional(),
  play: z.enum(['all', 'carded', 'uncarded']).optional(),
};
type RangeArgs = z.infer<z.ZodObject<typeof rangeFields>>;

const toRange = ({ machine, machines, gameDays, from, to, epoch, play }: RangeArgs): Range => ({
  machines: machine === undefined ? machines : [machine],
  gameDays,
  between: from && to && { from, to },
  epoch,
  play,
});

interface Query {
  answer(hall: Read, args: unknown): unknown;
}

const query = <Fields extends z.ZodRawShape>(
  fields: Fields,
  answer: (hall: Read, args: z.output<z.ZodObject<Fields>>) => unknown,
): Query => ({
  answer: (hall, args) => answer(hall, z.strictObject(fields).parse(args) as z.output<z.ZodObject<Fields>>),
});

/** The scenarios' queries by name: each is answered by the report that serves it in the product. */
export const queries: ReadonlyMap<string, Query> = new Map(
  Object.entries({
    meterRows: query({ ...rangeFields, codes: codes.optional() }, (hall, args) =>
      play.meterRows(hall, toRange(args), args.codes),
    ),
    totals: query({ ...rangeFields, codes }, (hall, args) => play.totals(hall, toRange(args), args.codes)),
    balanceIdentity: query(rangeFields, (hall, args) => play.balanceIdentity(hall, toRange(args))),
    summary: query(rangeFields, (hall, args) => play.summary(hall, toRange(args))),
    hourly: query({ ...rangeFields, codes }, (hall, args) => play.hourly(hall, toRange(args), args.codes)),
    netWin: query({ ...rangeFields, machine: text }, (hall, args) =>
      play.netWin(hall, args.machine, toRange(args)),
    ),
    lifetime: query({ machine: text, codes }, (hall, args) => play.lifetime(hall, args.machine, args.codes)),
    dayTotals: query({ machine: text, code: text }, (hall, args) =>
      play.dayTotals(hall, args.machine, args.code),
    ),
    holdAnalysis: query({ gameDays: z.tuple([date, date]) }, (hall, args) =>
      play.holdAnalysis(hall, args.gameDays),
    ),
    sessions: query({ machine: text.optional(), player: text.optional() }, sessions.sessions),
    playerReport: query({ player: text }, (hall, args) => sessions.playerReport(hall, args.player)),
    epochs: query({ machine: text, codes: codes.optional() }, (hall, args) =>
      floor.epochs(hall, args.machine, args.codes),
    ),
    heldDeltas: query({ machine: text }, (hall, args) => floor.heldDeltas(hall, args.machine)),
    adjustments: query({ machine: text }, (hall, args) => floor.adjustments(hall, args.machine)),
    gameDays: query({ dates: z.array(date) }, (hall, args) => floor.gameDays(hall, args.dates)),
    gameDayOf: query({ instant }, (hall, args) => floor.gameDayAt(hall, args.instant)),
    gameDay: query({ date }, (hall, args) => floor.gameDayState(hall, args.date)),
    machineState: query({ machine: text }, (hall, args) => floor.machineState(hall, args.machine)),
    eventLog: query({ machine: text }, (hall, args) => floor.eventLog(hall, args.machine)),
    alerts: query({ codes: codes.optional(), subject: text.optional() }, (hall, { codes, subject }) =>
      floor.alerts(hall, { ...(codes && { codes }), subject }),
    ),
    commands: query({ agent: text }, (hall, args) => floor.orders(hall, args.agent)),
    aml: query({ player: text, gameDay: date }, (hall, args) => floor.aml(hall, args.player, args.gameDay)),
    pool: query({ pool: text }, (hall, args) => floor.pool(hall, args.pool)),
    transfer: query({ key: text }, (hall, args) => floor.transfer(hall, args.key)),
    handpays: query({ machine: text }, (hall, args) => floor.handpays(hall, args.machine)),
    shift: query({ desk: text }, (hall, args) => floor.shift(hall, args.desk)),
    drop: query({ machine: text }, (hall, args) => floor.drop(hall, args.machine)),
    reconciliation: query({ machine: text, gameDay: date, flows: z.array(z.enum(flowNames)) }, (hall, args) =>
      reconcile(hall, args),
    ),
    balances: query({ accounts: z.array(text) }, (hall, args) => floor.balances(hall, args.accounts)),
    ledger: query({ types: z.array(text) }, (hall, args) => floor.ledger(hall, args.types)),
    result: query({ ref: text }, (hall, args) => floor.answer(hall, args.ref)),
  }),
);
