import * as z from 'zod';

export const CreditKind = z.enum(['cashable', 'restricted', 'nonrestricted']);
export type CreditKind = z.infer<typeof CreditKind>;

export const TransferDirection = z.enum(['toMachine', 'toHost']);
export type TransferDirection = z.infer<typeof TransferDirection>;

/** The transaction id the machine keeps: 1 to 20 printable characters, given by the server, never used again. */
export const TransferId = z.string().regex(/^[\x21-\x7e]{1,20}$/);
export type TransferId = z.infer<typeof TransferId>;
