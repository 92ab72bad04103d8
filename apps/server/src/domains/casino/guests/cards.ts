import type { CasinoGuest } from '@vakhta/api';
import { HttpProblem, notFound } from '../../../platform/http/http-problem.ts';
import { type HallRef, keyOf } from '../hall/hall.ts';

/** What of a card a person writes. */
export interface CardFields {
  company: string | null;
  phone: string | null;
  born: string | null;
  status: string | null;
  group: string | null;
  note: string | null;
  excluded: boolean;
  /** A JPEG; null takes it away, undefined leaves it. */
  photo?: Buffer | null | undefined;
}

/** Guests by name, each with his card and where he plays. Phones are whole for whoever attends to guests. */
export async function listGuests(
  { tx, hall }: HallRef,
  { wholePhones }: { wholePhones: boolean },
): Promise<CasinoGuest[]> {
  const guests = await tx
    .selectFrom('casino_players as p')
    .leftJoin('casino_guest_cards as c', (join) =>
      join.onRef('c.hall_id', '=', 'p.hall_id').onRef('c.player', '=', 'p.player'),
    )
    .select(['p.player', 'company', 'phone', 'born', 'status_id', 'group_id', 'note', 'excluded', 'photo_at'])
    .where('p.hall_id', '=', hall)
    .orderBy('p.player')
    .execute();
  const sessions = await tx
    .selectFrom('casino_sessions')
    .select(['player', 'machine', 'from_at'])
    .where('hall_id', '=', hall)
    .where('to_at', 'is', null)
    .orderBy('from_at')
    .execute();
  const playing = Map.groupBy(sessions, ({ player }) => player);
  return guests.map((guest) => ({
    player: guest.player,
    company: guest.company,
    phone: wholePhones ? guest.phone : lastDigits(guest.phone),
    born: guest.born,
    status: guest.status_id,
    group: guest.group_id,
    note: guest.note,
    excluded: guest.excluded ?? false,
    photoAt: guest.photo_at?.toISOString() ?? null,
    playing: (playing.get(guest.player) ?? []).map(({ machine, from_at }) => ({
      machine,
      since: from_at.toISOString(),
    })),
  }));
}

const lastDigits = (phone: string | null): string | null =>
  phone && `•••• ${phone.replace(/\D/g, '').slice(-4)}`;

/** Throws 404 where the hall knows no such guest. */
export async function requireGuest({ tx, hall }: HallRef, player: string): Promise<void> {
  const known = await tx
    .selectFrom('casino_players')
    .select('player')
    .where('hall_id', '=', hall)
    .where('player', '=', player)
    .executeTakeFirst();
  if (!known) throw notFound('player');
}

export async function writeCard(
  ref: HallRef,
  player: string,
  { status, group, photo, ...fields }: CardFields,
  now: Date,
): Promise<void> {
  await requireGuest(ref, player);
  await requireLabel(ref, 'status', status);
  await requireLabel(ref, 'group', group);
  const card = {
    ...fields,
    status_id: status,
    group_id: group,
    ...(photo !== undefined && { photo, photo_at: photo && now }),
  };
  await ref.tx
    .insertInto('casino_guest_cards')
    .values({ ...keyOf(ref), player, ...card })
    .onConflict((conflict) => conflict.columns(['org_id', 'hall_id', 'player']).doUpdateSet(card))
    .execute();
}

async function requireLabel({ tx, hall }: HallRef, kind: 'status' | 'group', id: string | null) {
  if (id === null) return;
  const known = await tx
    .selectFrom('casino_guest_labels')
    .select('id')
    .where('hall_id', '=', hall)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!known)
    throw new HttpProblem('invalid_field', `the hall has no such ${kind}`, { field: kind, rule: 'unknown' });
}

export async function readPhoto({ tx, hall }: HallRef, player: string): Promise<Buffer> {
  const card = await tx
    .selectFrom('casino_guest_cards')
    .select('photo')
    .where('hall_id', '=', hall)
    .where('player', '=', player)
    .executeTakeFirst();
  if (!card?.photo) throw notFound('photo');
  return card.photo;
}

/** Whether the guest must not be let in to play. */
export async function isExcluded({ tx, hall }: HallRef, player: string): Promise<boolean> {
  const card = await tx
    .selectFrom('casino_guest_cards')
    .select('excluded')
    .where('hall_id', '=', hall)
    .where('player', '=', player)
    .executeTakeFirst();
  return card?.excluded ?? false;
}
