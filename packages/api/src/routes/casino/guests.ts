import * as z from 'zod';
import { Id, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { CasinoName, GameDay, hallParams } from './fields.ts';

/** Colours that tell statuses apart on dark and on light; each status shows its letter and name too. */
export const GuestColour = z.enum(['teal', 'gold', 'bronze', 'violet', 'blue', 'red', 'grey']);
export type GuestColour = z.infer<typeof GuestColour>;

export const GuestLabelKind = z.enum(['status', 'group']);
export type GuestLabelKind = z.infer<typeof GuestLabelKind>;

/** What guests are sorted by: a status (VIP, Gold…), or a group. */
export const GuestLabel = z.object({
  id: Id,
  kind: GuestLabelKind,
  name: z.string(),
  colour: GuestColour,
  letter: z.string().describe('Stands in the mark, so that colour alone tells nothing.'),
  service: z.string().describe('What staff do for such a guest.'),
  place: z.int().describe('Its place among its kind, from 0.'),
  archived: z.boolean().describe('Given to nobody any more; who has it keeps it.'),
  guests: z.int().describe('How many have it.'),
});
export type GuestLabel = z.infer<typeof GuestLabel>;

/** A guest's card, and where he is playing now. */
export const CasinoGuest = z.object({
  player: z.string().describe('What the hall calls him: name or card number.'),
  company: z.string().nullable(),
  phone: z.string().nullable().describe('Its last four digits for whoever does not attend to guests.'),
  born: GameDay.nullable(),
  status: Id.nullable(),
  group: Id.nullable(),
  note: z.string().nullable(),
  excluded: z.boolean().describe('Must not be let in to play: nobody can seat him.'),
  photoAt: Time.nullable().describe('When the photo was taken in; null without one.'),
  playing: z.array(z.object({ machine: z.string(), since: Time })),
});
export type CasinoGuest = z.infer<typeof CasinoGuest>;

const figures = {
  coinInMinor: z.int(),
  totalWonMinor: z.int(),
  winMinor: z.int().describe('The house’s.'),
  holdPct: z.string().nullable(),
  playerWinPct: z.string().nullable().describe('The same with the guest’s sign.'),
  theoreticalHoldPct: z.string().nullable(),
  theoreticalWinMinor: z.int().nullable(),
  dropMinor: z.int(),
  cashOutMinor: z.int(),
  handpayMinor: z.int(),
  games: z.int(),
  avgBetMinor: z.string().nullable(),
  avgBetCredits: z.string().nullable(),
  minutes: z.string().describe('Sat, up to now where he still plays.'),
};
export const GuestFigures = z.object(figures);
export type GuestFigures = z.infer<typeof GuestFigures>;

/** One snapshot of what a guest played: sessions, game days that sum them, and all, which sums the days. */
export const GuestStatistics = z.object({
  player: z.string(),
  readAt: Time.describe('All figures are of this instant.'),
  from: Time.nullable().describe('When the first session began.'),
  to: Time.nullable().describe('When the last one ended, or `readAt` while he plays.'),
  sessions: z.array(
    GuestFigures.extend({
      gameDay: GameDay,
      machine: z.string(),
      from: Time,
      to: Time.nullable().describe('Null while he plays.'),
    }),
  ),
  gameDays: z.array(GuestFigures.extend({ gameDay: GameDay })),
  total: GuestFigures,
});
export type GuestStatistics = z.infer<typeof GuestStatistics>;

const guestParams = hallParams.extend({ player: CasinoName });
const labelParams = hallParams.extend({ label: Id });
const text = (length: number) => z.string().trim().min(1).max(length);
const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
/** A JPEG of 100 kB at most, in base64. */
const PHOTO_LENGTH = 136_000;

export const casinoGuestRoutes = {
  listPlayers: route({
    method: 'GET',
    path: '/casino/halls/{hall}/players',
    summary: 'Guests with their cards, and where they are playing',
    access: 'casino.view',
    params: hallParams,
    response: list(CasinoGuest),
  }),
  setGuestCard: route({
    method: 'PUT',
    path: '/casino/halls/{hall}/players/{player}/card',
    summary: 'Write a guest’s card anew',
    access: 'casino.attend',
    status: 204,
    params: guestParams,
    body: z.strictObject({
      company: text(100).nullable(),
      phone: z
        .string()
        .regex(/^\+?[\d ()-]{5,24}$/)
        .nullable(),
      born: GameDay.nullable(),
      status: Id.nullable(),
      group: Id.nullable(),
      note: text(500).nullable(),
      excluded: z.boolean(),
      photo: z.base64().max(PHOTO_LENGTH).nullable().optional().describe('A JPEG; left out: it stays.'),
    }),
  }),
  readGuestPhoto: route({
    method: 'GET',
    path: '/casino/halls/{hall}/players/{player}/photo',
    summary: 'A guest’s photo',
    access: 'casino.attend',
    params: guestParams,
    produces: 'image/jpeg',
  }),
  readGuestStatistics: route({
    method: 'GET',
    path: '/casino/halls/{hall}/players/{player}/statistics',
    summary: 'What a guest played, by session, by game day and in all',
    access: 'casino.view',
    params: guestParams,
    query: z.object({
      first: GameDay.optional().describe('Sessions that began in this game day or later.'),
      last: GameDay.optional().describe('And not after this one.'),
    }),
    response: GuestStatistics,
  }),
  listGuestLabels: route({
    method: 'GET',
    path: '/casino/halls/{hall}/guest-labels',
    summary: 'Statuses and groups of guests, in their order',
    access: 'casino.view',
    params: hallParams,
    response: list(GuestLabel),
  }),
  setGuestLabel: route({
    method: 'PUT',
    path: '/casino/halls/{hall}/guest-labels/{label}',
    summary: 'Add a status or group under a new id, or change one',
    access: 'casino.manage',
    status: 204,
    params: labelParams,
    body: z.strictObject({
      kind: GuestLabelKind,
      name: text(40),
      colour: GuestColour,
      letter: text(2),
      service: z.string().trim().max(300).default(''),
      place: z.int().min(0).max(999),
      archived: z.boolean().default(false),
    }),
  }),
} as const;
