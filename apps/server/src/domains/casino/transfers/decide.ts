import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import type { Hall } from '../hall/hall.ts';
import { availableIn } from '../ledger/drawer.ts';
import { accounts, post } from '../ledger/post.ts';
import { changeTransfer, findTransfer, isUnresolved, settle, sourceOf } from './transfer.ts';

/** The cashier gives back, or takes back into the source, what never reached the machine. */
export async function refundTransfer(hall: Hall, act: FactOf<'transfer.refund'>): Promise<Answer> {
  const transfer = await findTransfer(hall, act.key);
  if (!transfer || transfer.final_at === null || transfer.direction === 'toHost')
    return refused('nothing_to_refund');
  const rest = transfer.amount_minor - transfer.applied_minor - transfer.returned_minor;
  if (rest <= 0) return refused('nothing_to_refund');
  const source = sourceOf(transfer);
  if (source === accounts.drawer(transfer.desk) && (await availableIn(hall, transfer.desk)) < rest)
    return refused('insufficient_drawer');
  const isWhole = transfer.state === 'not_applied' || transfer.state === 'failed';
  await changeTransfer(
    hall,
    transfer,
    { returned_minor: transfer.returned_minor + rest, ...(isWhole && { state: 'refunded' }) },
    'refund',
  );
  await post(hall, 'transfer.refund', [
    [accounts.transit, rest],
    [source, -rest],
  ]);
  return done;
}

/** Where evidence does not come, two persons say what became of a transfer. */
export async function decideTransfer(hall: Hall, act: FactOf<'transfer.decide'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const transfer = await findTransfer(hall, act.key);
  if (!transfer || !isUnresolved(transfer)) return refused('already_final');
  const isApplied = act.decision === 'applied';
  await settle(hall, transfer, {
    state: isApplied ? 'completed' : 'not_applied',
    appliedMinor: isApplied ? transfer.amount_minor : 0,
    cause: 'decision',
    decision: act.decision,
  });
  return done;
}

/** The decision was wrong, as the machine's meters show: the house bears what it refunded. */
export async function correctTransfer(hall: Hall, act: FactOf<'transfer.correct'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const transfer = await findTransfer(hall, act.key);
  if (!transfer?.decision || transfer.corrected) return refused('nothing_to_correct');
  await changeTransfer(hall, transfer, { corrected: true }, 'correction');
  await post(hall, 'transfer.correct', [
    [accounts.loss, transfer.amount_minor],
    [accounts.credits(transfer.machine), -transfer.amount_minor],
  ]);
  return done;
}
