import * as z from 'zod';
import { Id, JsonValue, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { CasinoPerson } from './cash.ts';
import { CasinoName, GameDay, hallParams, MeterCode } from './fields.ts';

export const CasinoReportName = z.enum([
  'floor',
  'machines',
  'summary',
  'meter-log',
  'transactions',
  'handpays',
  'drop',
  'cashless',
  'shifts',
  'sessions',
  'pools',
  'events',
  'links',
  'exceptions',
  'day-close',
  'changes',
]);
export type CasinoReportName = z.infer<typeof CasinoReportName>;

/** What a column holds: figures by their unit; `word`: words of a fixed list, with commas between; the rest is text. */
export const ReportUnit = z.enum([
  'minor',
  'denomination',
  'credits',
  'percent',
  'points',
  'minutes',
  'seconds',
  'count',
  'time',
  'member',
  'meter',
  'event',
  'word',
  'text',
]);
export type ReportUnit = z.infer<typeof ReportUnit>;

export const CasinoReport = z.object({
  report: CasinoReportName,
  title: z.string(),
  site: z.object({ id: Id, name: z.string(), timeZone: z.string(), currency: z.string() }),
  period: z
    .object({ first: z.string(), last: z.string(), from: Time, to: Time })
    .describe('Game days, both included, and the instants they stand for.'),
  generatedAt: Time,
  generatedBy: Id,
  people: z.array(CasinoPerson).describe('The names of the members in it.'),
  version: z.string(),
  machine: z.string().nullable(),
  state: z.enum(['provisional', 'closed']).describe('Closed: no figure of these days changes any more.'),
  columns: z
    .array(
      z.object({
        name: z.string(),
        title: z.string(),
        unit: ReportUnit,
        meters: z.array(MeterCode).nullable().describe('The meters whose movements the figure is made of.'),
      }),
    )
    .describe('In their order.'),
  total: z.int().describe('How many lines the report has.'),
  rows: z.array(z.record(z.string(), JsonValue)).describe('All of them, or the first `limit`.'),
  hash: z.string().describe('SHA-256 of columns and all rows.'),
});
export type CasinoReport = z.infer<typeof CasinoReport>;

const params = hallParams.extend({ report: CasinoReportName });
const query = z.object({
  first: GameDay.optional().describe('The current game day unless given.'),
  last: GameDay.optional().describe('Included; the current game day unless given.'),
  machine: CasinoName.optional(),
  codes: z
    .string()
    .regex(/^[0-9A-F]{2}(,[0-9A-F]{2})*$/)
    .optional()
    .describe('Only these meters, with commas between; for the meter log.'),
  from: Time.optional().describe('For the meter log: after this instant instead of by game days; with `to`.'),
  to: Time.optional(),
});

export const casinoReportRoutes = {
  readCasinoReport: route({
    method: 'GET',
    path: '/casino/halls/{hall}/reports/{report}',
    summary: 'A report of the casino',
    access: 'casino.report',
    params,
    query: query.extend({ limit: z.coerce.number().int().min(1).max(100_000).optional() }),
    response: CasinoReport,
  }),
  readCasinoReportCsv: route({
    method: 'GET',
    path: '/casino/halls/{hall}/reports/{report}/csv',
    summary: 'The same as comma-separated values',
    access: 'casino.report',
    params,
    query,
    produces: 'text/csv; charset=utf-8',
  }),
  readCasinoReportXlsx: route({
    method: 'GET',
    path: '/casino/halls/{hall}/reports/{report}/xlsx',
    summary: 'The same as a workbook',
    access: 'casino.report',
    params,
    query,
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
} as const;
