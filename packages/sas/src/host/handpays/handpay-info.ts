import type { Fields } from '../../codec/field.ts';
import { Cents, Credits } from '../../codec/money.ts';
import { creditsToCents } from '../../tables/denominations.ts';

/** A handpay as the machine told it (facts 8.1), with its worth where the denomination is known. */
export interface HandpayInfo {
  readonly kind: 'win' | 'progressive' | 'cancelledCredits';
  readonly level: number;
  readonly progressiveGroup: number;
  /** What the attendant pays; undefined when it is in credits of an unknown denomination. */
  readonly cents: Cents | undefined;
  /** As told, when it was told in credits. */
  readonly credits: Credits | undefined;
  readonly partialPayCredits: Credits;
  /** The machine could pay it to its credit meter instead (polls A8 and 94). */
  readonly canGoToCreditMeter: boolean;
}

const cancelledCredits = 0x80;

/** The answer to 1B; undefined when there is no handpay. */
export function handpayOf(fields: Fields, denomCode: number | undefined): HandpayInfo | undefined {
  const level = Number(fields.level);
  const told = fields.amountCents ?? fields.amountCredits;
  if (level === 0 && (told === undefined || told === 0)) return undefined;
  const credits = fields.amountCredits === undefined ? undefined : Credits(Number(fields.amountCredits));
  const cents =
    credits === undefined
      ? Cents(Number(fields.amountCents))
      : denomCode === undefined
        ? undefined
        : creditsToCents(credits, denomCode);
  return {
    kind: level === cancelledCredits ? 'cancelledCredits' : level >= 1 && level <= 32 ? 'progressive' : 'win',
    level,
    progressiveGroup: Number(fields.progressiveGroup),
    cents,
    credits,
    partialPayCredits: Credits(Number(fields.partialPayCredits)),
    canGoToCreditMeter: fields.resetId === 1,
  };
}
