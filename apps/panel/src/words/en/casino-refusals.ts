import type { CasinoRefusal } from '@vakhta/api';

/** Why the casino refused an act, by the rule that its answer names. */
export const casinoRefusals = {
  alert_not_waiting: 'The alert is over, or somebody has taken it on already.',
  already_closed: 'That game day is closed already.',
  already_final: 'It is known already what became of this transfer.',
  amount_differs: 'The amount differs from what the machine told. Another person has to approve it.',
  approval_required:
    'Another person has to approve this. Ask them to open Approvals; then send the same again, within ten minutes.',
  below_last_reading: 'A meter stands lower than at its last reading.',
  count_differs: 'The count differs from what the last shift left in the drawer.',
  currency_fixed: 'The currency of a hall whose machines have counted money stays as it is.',
  epoch_not_open_ended: 'The meters of that epoch are known already.',
  guest_excluded: 'This guest’s card says that he must not play.',
  held_open: 'A doubtful meter delta of that day waits in the inbox.',
  insufficient_drawer: 'There is not so much money in the drawer.',
  key_reused: 'This transfer was sent before, with something else in it.',
  machine_not_live:
    'The machine cannot be used now: it is out of contact, waits for enrolment or for a clear of its memory.',
  not_counted: 'The drawer has to be counted first.',
  not_paid: 'The handpay has not been paid yet.',
  not_plausible: 'A meter rose by more than the machine can play in that time.',
  not_removed: 'No stacker was taken out of this machine.',
  not_waiting: 'This transfer does not wait for an approval any more.',
  not_whole_credits: 'The amount is no whole number of the machine’s credits.',
  nothing_due: 'Nothing is due at this machine.',
  nothing_held: 'This was decided already.',
  nothing_to_correct: 'There is no decision to correct.',
  nothing_to_refund: 'Nothing is to be given back.',
  reason_required: 'A shift that is short or over needs a reason.',
  restricted_not_cashable: 'Promo credits are played only: they cannot be taken off the machine.',
  self_approval: 'Nobody approves what they asked for themselves.',
  shift_already_open: 'A shift is open at this desk already.',
  shift_not_open: 'No shift is open at this desk.',
  transfer_unresolved: 'A transfer is still undecided: first find out what became of it.',
  variance_unexplained: 'What was moved and what the machines metered differ, and nothing explains it.',
  wrong_serial: 'The machine tells another serial number.',
} satisfies Record<CasinoRefusal, string>;
