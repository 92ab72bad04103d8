import type { Selectable } from 'kysely';
import type { CasinoSessions } from '../../../platform/postgres/schema.ts';
import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { type Answer, done, type FactOf, refused } from '../facts/fact.ts';
import { type Hall, keyOf, nextId } from '../hall/hall.ts';
import { findMachine } from '../hall/machine.ts';

export type Session = Selectable<CasinoSessions>;
type ClosedBy = 'unbind' | 'other_bind' | 'idle_timeout' | 'out_of_service';

const TWO_MACHINES = 'SAME_GUEST_TWO_MACHINES';

const openSession = (hall: Hall, machine: string): Promise<Session | undefined> =>
  hall.tx
    .selectFrom('casino_sessions')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .where('to_at', 'is', null)
    .executeTakeFirst();

async function boundMachines(hall: Hall, player: string): Promise<number> {
  const rows = await hall.tx
    .selectFrom('casino_sessions')
    .select('machine')
    .where('hall_id', '=', hall.hall)
    .where('player', '=', player)
    .where('to_at', 'is', null)
    .execute();
  return rows.length;
}

/** A guest sits down: what is played on the machine from now on is his. */
export async function bind(hall: Hall, { machine: id, player }: FactOf<'bind'>): Promise<Answer> {
  const machine = await findMachine(hall, id);
  if (machine?.state !== 'live') return refused('machine_not_live');
  await endSessionAt(hall, id, 'other_bind');
  await hall.tx
    .insertInto('casino_sessions')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_sessions'),
      machine: id,
      player,
      from_at: hall.now,
    })
    .execute();
  if ((await boundMachines(hall, player)) > 1)
    await openAlert(hall, { code: TWO_MACHINES, subject: player, severity: 'info', at: hall.now });
  return done;
}

export async function unbind(hall: Hall, { machine }: FactOf<'unbind'>): Promise<Answer> {
  await endSessionAt(hall, machine, 'unbind');
  return done;
}

/** Ends the session on a machine, if there is one. */
export async function endSessionAt(hall: Hall, machine: string, closedBy: ClosedBy): Promise<void> {
  const session = await openSession(hall, machine);
  if (session) await endSession(hall, session, hall.now, closedBy);
}

async function endSession(hall: Hall, session: Session, to: Date, closedBy: ClosedBy): Promise<void> {
  await hall.tx
    .updateTable('casino_sessions')
    .set({ to_at: to, closed_by: closedBy })
    .where('hall_id', '=', hall.hall)
    .where('id', '=', session.id)
    .execute();
  if ((await boundMachines(hall, session.player)) < 2)
    await clearAlert(hall, TWO_MACHINES, session.player, hall.now);
}

/** A game was played: the guest of that time is still there. */
export async function noteGame(hall: Hall, machine: string, at: Date): Promise<void> {
  const session = await openSession(hall, machine);
  if (!session || at <= session.from_at || (session.last_game_at && at <= session.last_game_at)) return;
  await hall.tx
    .updateTable('casino_sessions')
    .set({ last_game_at: at })
    .where('hall_id', '=', hall.hall)
    .where('id', '=', session.id)
    .execute();
}

/** The guest has gone without a word: his session ended with his last game. */
export const endIdleSession = (hall: Hall, session: Session): Promise<void> =>
  endSession(hall, session, session.last_game_at ?? session.from_at, 'idle_timeout');
