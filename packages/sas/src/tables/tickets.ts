import type { Choices } from '../codec/field.ts';

/** Facts 8.2: polls 4D and 50. */
export const validationTypes: Choices = {
  0: 'cashable ticket',
  1: 'restricted ticket',
  2: 'cashable ticket from AFT',
  3: 'restricted ticket from AFT',
  4: 'debit ticket from AFT',
  16: 'cancelled-credit handpay, receipt',
  32: 'jackpot handpay, receipt',
  64: 'cancelled-credit handpay, no receipt',
  96: 'jackpot handpay, no receipt',
  128: 'cashable ticket redeemed',
  129: 'restricted ticket redeemed',
  130: 'nonrestricted ticket redeemed',
};

/** Facts 8.4: what the host decides about a ticket in 71. */
export const ticketTransferCodes: Choices = {
  0: 'cashable',
  1: 'restricted',
  2: 'nonrestricted',
  128: 'unable to validate',
  129: 'bad number',
  130: 'unknown number',
  131: 'marked pending',
  132: 'already redeemed',
  133: 'expired',
  134: 'information not available',
  135: 'amount differs',
  136: 'above the limit of automatic redemption',
  144: 'not valid now',
  145: 'not on this machine',
  146: 'player card required',
  147: 'not for this player',
  255: 'status request',
};

/** Facts 8.4: what became of a ticket. */
export const ticketStatuses: Choices = {
  0: 'cashable redeemed',
  1: 'restricted redeemed',
  2: 'nonrestricted redeemed',
  32: 'waiting for the host',
  64: 'pending',
  128: 'rejected by the host or unknown',
  129: 'number mismatch',
  130: 'bad function',
  131: 'bad amount',
  132: 'over the credit limit',
  133: 'not a multiple of the denomination',
  134: 'amount differs from the ticket',
  135: 'cannot accept now',
  136: 'time-out',
  137: 'link down',
  138: 'redemption disabled',
  139: 'validator failure',
  192: 'not compatible with the current cycle',
  255: 'nothing available',
};
