import { createHash } from 'node:crypto';
import { type Clock, canonicalJson, minutes, newId, type Random } from '@vakhta/kernel';
import type { Selectable } from 'kysely';
import type { Principal } from '../../../core/access/principal.ts';
import type { CasinoApprovals } from '../../../platform/postgres/schema.ts';
import { type HallRef, keyOf } from '../hall/hall.ts';

export type Approval = Selectable<CasinoApprovals>;

/** How long an approval, or the wish for one, is good for. */
export const APPROVAL_LIFETIME = minutes(10);

interface Deps {
  clock: Clock;
  random: Random;
}

/** What exactly is approved: the act without who does it. */
export const digestOf = (act: object): string =>
  createHash('sha256').update(canonicalJson(act)).digest('hex');

const since = (clock: Clock): Date => new Date(clock.now() - APPROVAL_LIFETIME);

/** An approval another person gave to this member for this very act; it is used up. */
export async function takeApproval(
  { tx, hall }: HallRef,
  { clock }: Deps,
  { member }: Principal,
  digest: string,
): Promise<string | undefined> {
  const row = await tx
    .updateTable('casino_approvals')
    .set({ used_at: new Date(clock.now()) })
    .where('hall_id', '=', hall)
    .where('digest', '=', digest)
    .where('requested_by', '=', member)
    .where('approved_by', 'is not', null)
    .where('used_at', 'is', null)
    .where('requested_at', '>', since(clock))
    .returning('approved_by')
    .executeTakeFirst();
  return row?.approved_by ?? undefined;
}

/** Lets others see that this waits for one of them. */
export async function askForApproval(
  ref: HallRef,
  { clock, random }: Deps,
  { member }: Principal,
  act: object,
): Promise<void> {
  const digest = digestOf(act);
  const waiting = await waitingApprovals(ref, clock);
  if (waiting.some((one) => one.digest === digest && one.requested_by === member)) return;
  await ref.tx
    .insertInto('casino_approvals')
    .values({
      ...keyOf(ref),
      id: newId({ clock, random }),
      digest,
      act: JSON.stringify(act),
      requested_by: member,
      requested_at: new Date(clock.now()),
    })
    .execute();
}

export const waitingApprovals = ({ tx, hall }: HallRef, clock: Clock): Promise<Approval[]> =>
  tx
    .selectFrom('casino_approvals')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('approved_by', 'is', null)
    .where('used_at', 'is', null)
    .where('requested_at', '>', since(clock))
    .orderBy('requested_at')
    .orderBy('id')
    .execute();

/** What a member has asked for that is not too old, the newest first. */
export const requestsOf = ({ tx, hall }: HallRef, clock: Clock, member: string): Promise<Approval[]> =>
  tx
    .selectFrom('casino_approvals')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('requested_by', '=', member)
    .where('requested_at', '>', since(clock))
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
