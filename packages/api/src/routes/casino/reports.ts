import * as z from 'zod';
import { Id, JsonValue, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { CasinoName, GameDay, hallParams } from './fields.ts';

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

export const CasinoReport = z.object({
  report: CasinoReportName,
  title: z.string(),
  site: z.object({ id: Id, name: z.string(), timeZone: z.string(), currency: z.string() }),
  period: z
    .object({ first: z.string(), last: z.string(), from: Time, to: Time })
    .describe('Game days, both included, and the instants they stand for.'),
  generatedAt: Time,
  generatedBy: Id,
  version: z.string(),
  machine: z.string().nullable(),
  state: z.enum(['provisional', 'closed']).describe('Closed: no figure of these days changes any more.'),
  columns: z
    .array(z.object({ name: z.string(), title: z.string(), unit: z.string().nullable() }))
    .describe('In their order. `unit`: minor units of money, credits, percent, minutes, …; null for words.'),
  rows: z.array(z.record(z.string(), JsonValue)),
  hash: z.string().describe('SHA-256 of columns and rows.'),
});
export type CasinoReport = z.infer<typeof CasinoReport>;

const params = hallParams.extend({ report: CasinoReportName });
const query = z.object({
  first: GameDay.optional().describe('The current game day unless given.'),
  last: GameDay.optional().describe('Included; the current game day unless given.'),
  machine: CasinoName.optional(),
});

export const casinoReportRoutes = {
  readCasinoReport: route({
    method: 'GET',
    path: '/casino/halls/{hall}/reports/{report}',
    summary: 'A report of the casino',
    access: 'casino.report',
    params,
    query,
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
} as const;
