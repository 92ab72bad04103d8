import { casinoGuestRoutes as routes } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import type { Api } from '../../../core/access/api.ts';
import type { Principal } from '../../../core/access/principal.ts';
import { recordAudit } from '../../../core/audit/audit.ts';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import { listGuests, readPhoto, requireGuest, writeCard } from '../guests/cards.ts';
import { listLabels, writeLabel } from '../guests/labels.ts';
import { guestStatistics } from '../reports/guest-statistics.ts';
import type { ActDeps } from './acts.ts';
import { type HallView, inHall } from './in-hall.ts';

/** First bytes of every JPEG. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** The hall's guests: their cards, what they are sorted by, and what they played. */
export function casinoGuestRoutes(api: Api, deps: ActDeps): void {
  api.implement(routes.listPlayers, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({
      items: await listGuests(hall, { wholePhones: principal.permissions.has('casino.attend') }),
    })),
  );

  api.implement(routes.setGuestCard, ({ principal, params: { hall, player }, body: { photo, ...card } }) =>
    inHall(deps, principal, hall, async (ref) => {
      await writeCard(ref, player, { ...card, photo: jpegOf(photo) }, ref.now);
      // What stands on the card is the guest's own; the audit, which is for ever, says which card and how he was sorted.
      await audit(ref, principal, 'casino.guest_card', {
        player,
        status: card.status,
        group: card.group,
        excluded: card.excluded,
      });
      return undefined;
    }),
  );

  api.implement(routes.readGuestPhoto, async ({ principal, params: { hall, player }, reply }) => {
    const photo = await inHall(deps, principal, hall, (ref) => readPhoto(ref, player));
    void reply.header('cache-control', 'private, max-age=3600').send(photo);
    return undefined;
  });

  api.implement(routes.readGuestStatistics, ({ principal, params: { hall, player }, query }) =>
    inHall(deps, principal, hall, async (ref) => {
      await requireGuest(ref, player);
      return guestStatistics(ref, player, query);
    }),
  );

  api.implement(routes.listGuestLabels, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({ items: await listLabels(hall) })),
  );

  api.implement(routes.setGuestLabel, ({ principal, params: { hall, label }, body }) =>
    inHall(deps, principal, hall, async (ref) => {
      await writeLabel(ref, label, body);
      await audit(ref, principal, 'casino.guest_label', { label, ...body });
      return undefined;
    }),
  );
}

const audit = (
  { tx, hall }: HallView,
  { organisation, member }: Principal,
  action: string,
  detail: Json,
): Promise<void> =>
  recordAudit(tx, {
    organisation,
    actor: { kind: 'member', id: member },
    action,
    subject: { kind: 'hall', id: hall },
    detail,
  });

function jpegOf(photo: string | null | undefined): Buffer | null | undefined {
  if (photo === undefined || photo === null) return photo;
  const bytes = Buffer.from(photo, 'base64');
  if (!bytes.subarray(0, JPEG.length).equals(JPEG))
    throw new HttpProblem('invalid_field', 'the photo is no JPEG', { field: 'photo', rule: 'jpeg' });
  return bytes;
}
