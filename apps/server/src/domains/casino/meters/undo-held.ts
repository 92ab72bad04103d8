import { openAlert } from '../alerts/alerts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { isClosed } from '../game-days/days.ts';
import type { Hall } from '../hall/hall.ts';
import { findMachine } from '../hall/machine.ts';
import { bookHeld, heldAlerts, heldDeltas } from './held.ts';

/**
 * Two persons take a decision on an excessive delta back while its day is open: what was counted is taken out by a row of its
 * own, and it waits again. A regression is not undone: the next reading goes on from what was decided.
 */
export async function undoHeld(hall: Hall, act: FactOf<'held.undo'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const machine = await findMachine(hall, act.machine);
  const held = await heldDeltas(hall, act)
    .where('at', '=', new Date(act.at))
    .where('kind', '=', 'excessive')
    .where('state', 'in', ['accepted', 'rejected'])
    .executeTakeFirst();
  if (!machine || !held) return refused('nothing_to_undo');
  if (await isClosed(hall, held.game_day)) return refused('already_closed');
  if (held.state === 'accepted') await bookHeld(hall, machine, held, { isTakenOut: true });
  await hall.tx
    .updateTable('casino_held_deltas')
    .set({ state: 'open' })
    .where('hall_id', '=', hall.hall)
    .where('id', '=', held.id)
    .execute();
  await openAlert(hall, { ...heldAlerts.excessive, subject: machine.id, at: hall.now });
  return done;
}
