import { err, ok, type Result } from '@vakhta/kernel';
import type { Ask } from '../polls/ask.ts';
import type { PollFailureCode, PollOutcome } from '../polls/poll-outcome.ts';

/** Who pays a handpay that is reset from afar: an attendant by hand, or the machine to its credit meter. */
export type HandpayPayer = 'attendant' | 'creditMeter';

/** Why a handpay was not reset. After `sas.silent` and `sas.damaged` it may have been: exception 52 tells. */
export type HandpayResetFailure = 'notPossible' | 'noHandpay' | PollFailureCode;

/** Facts 8.1: A8 says how the handpay is to be reset, 94 resets it. */
export async function resetHandpay(
  ask: Ask,
  payer: HandpayPayer,
): Promise<Result<undefined, HandpayResetFailure>> {
  const method = await ask('handpayResetMethod', { resetMethod: payer === 'creditMeter' ? 1 : 0 });
  // A machine that does not know A8 resets in the standard way.
  const knowsNoOther = !method.ok && method.error.code === 'sas.silent';
  const chosen = payer === 'attendant' && knowsNoOther ? ok(undefined) : verdict(method);
  return chosen.ok ? verdict(await ask('resetHandpay', {})) : chosen;
}

function verdict(
  outcome: PollOutcome<{ readonly resetCode: number }>,
): Result<undefined, HandpayResetFailure> {
  if (!outcome.ok) return err(outcome.error.code);
  if (outcome.kind === 'ack' || outcome.fields.resetCode === 0) return ok(undefined);
  return err(outcome.fields.resetCode === 2 ? 'noHandpay' : 'notPossible');
}
