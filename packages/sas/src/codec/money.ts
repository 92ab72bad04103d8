import { UsageError } from '@vakhta/kernel';

declare const unit: unique symbol;

/** Hundredths of the machine's currency unit. */
export type Cents = number & { readonly [unit]: 'cents' };
/** Credits at the accounting denomination of the machine (facts 4); worth nothing until that is known. */
export type Credits = number & { readonly [unit]: 'credits' };
/** How many: games, bills, tickets. Never money. */
export type Count = number & { readonly [unit]: 'count' };

const whole = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError('sas.bad_amount', `${what} must be a whole number, zero or more`, {
      context: { value },
    });
  return value;
};

export const Cents = (value: number): Cents => whole(value, 'cents') as Cents;
export const Credits = (value: number): Credits => whole(value, 'credits') as Credits;
export const Count = (value: number): Count => whole(value, 'a count') as Count;

/** Cents as people read them: 1234 is "12.34". */
export const formatCents = (cents: Cents): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
