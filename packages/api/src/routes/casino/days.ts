import * as z from 'zod';
import { Id, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { GameDay, hallParams } from './fields.ts';

/** A game day with what the floor did in it. Running: it is that day now; over: it waits to be closed. */
export const CasinoGameDay = z.object({
  date: GameDay,
  state: z.enum(['running', 'over', 'closed', 'closed_with_variance']),
  from: Time,
  to: Time,
  closedAt: Time.nullable(),
  closedBy: Id.nullable(),
  approvedBy: Id.nullable(),
  coinInMinor: z.int(),
  totalWonMinor: z.int(),
  winMinor: z.int(),
  holdPct: z.string().nullable(),
  dropMinor: z.int(),
  games: z.int(),
});
export type CasinoGameDay = z.infer<typeof CasinoGameDay>;

/** What is looked at before a day is closed. */
export const CasinoDayCheck = z.object({
  check: z.enum([
    'day_running',
    'held_open',
    'transfer_unresolved',
    'variance_unexplained',
    'machine_unread',
    'shift_open',
  ]),
  isNeeded: z.boolean().describe('The day cannot be closed before; else it is only told.'),
  of: z.array(z.string()).describe('Which machines, meters, transfers or desks; none: all is well.'),
});
export type CasinoDayCheck = z.infer<typeof CasinoDayCheck>;

export const casinoDayRoutes = {
  listGameDays: route({
    method: 'GET',
    path: '/casino/halls/{hall}/game-days',
    summary: 'Game days, the newest first',
    access: 'casino.view',
    params: hallParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(400).default(31) }),
    response: z.object({ items: z.array(CasinoGameDay) }),
  }),
  readDayChecks: route({
    method: 'GET',
    path: '/casino/halls/{hall}/game-days/{date}/checks',
    summary: 'What stands in the way of closing a game day',
    access: 'casino.view',
    params: hallParams.extend({ date: GameDay }),
    response: z.object({ items: z.array(CasinoDayCheck) }),
  }),
} as const;
