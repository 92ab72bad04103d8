import type { Choices } from '../codec/field.ts';

/** Facts 8.5: transfer code of 72. */
export const transferCodes: Choices = {
  0: 'full only',
  1: 'partial allowed',
  128: 'cancel',
  254: 'read without closing',
  255: 'read and close',
};

/** Facts 8.5: transfer type of 72. */
export const transferTypes: Choices = {
  0: 'in-house to machine',
  16: 'bonus coin-out win',
  17: 'bonus jackpot win',
  32: 'in-house to ticket',
  64: 'debit to machine',
  96: 'debit to ticket',
  128: 'in-house to host',
  144: 'win to host',
};

/** Facts 8.5: transfer status in the answer to 72. */
export const transferStatuses: Choices = {
  0: 'done in full',
  1: 'done in part',
  64: 'pending',
  128: 'cancelled by the host',
  129: 'transaction id not unique',
  130: 'bad function, type or index',
  131: 'bad amount or expiration',
  132: 'above the limit of the machine',
  133: 'not a multiple of the denomination',
  134: 'cannot do a partial transfer to the host',
  135: 'cannot transfer now',
  136: 'not registered',
  137: 'registration key wrong',
  138: 'no POS id',
  139: 'no won credits to cash out',
  140: 'no denomination set',
  141: 'expiration not valid for the ticket',
  142: 'ticket device not available',
  143: 'restricted credits of another pool present',
  144: 'cannot print a receipt',
  145: 'receipt data missing',
  146: 'receipt not allowed for this type',
  147: 'asset number zero or wrong',
  148: 'not locked',
  149: 'transaction id not valid',
  159: 'unexpected error',
  192: 'not compatible with the transfer in progress',
  193: 'unsupported transfer code',
  255: 'no information',
};

export const receiptStatuses: Choices = { 0: 'printed', 32: 'printing', 64: 'pending', 255: 'none' };

/** Facts 8.5: lock status of 74. */
export const lockStatuses: Choices = { 0: 'locked', 64: 'pending', 255: 'not locked' };

/** Facts 8.5: 73. */
export const registrationCodes: Choices = {
  0: 'initialise',
  1: 'register',
  64: 'ask the operator',
  128: 'unregister',
  255: 'read',
};
export const registrationStatuses: Choices = {
  0: 'ready',
  1: 'registered',
  64: 'pending',
  128: 'not registered',
};
