import { Configuration } from './configuration.ts';
import { ExceptionFact } from './exception.ts';
import { Handpay } from './handpay.ts';
import { Identity } from './identity.ts';
import { Reading } from './reading.ts';
import { TransferFact } from './transfer.ts';

/** What a slot machine's driver reports for good, by the name of the event that carries it. */
export const facts = {
  reading: Reading,
  exception: ExceptionFact,
  identity: Identity,
  configuration: Configuration,
  handpay: Handpay,
  transfer: TransferFact,
} as const;
export type FactName = keyof typeof facts;
