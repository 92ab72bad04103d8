import { InternalError } from '@vakhta/kernel';

/**
 * Where credits can be. `cashable`, `restricted` and `nonrestricted` are on the credit meter, `handpay` waits for the
 * attendant; the others are outside the machine: the house (what games take and give), bills, tickets, the host of
 * electronic transfers, hand payments, and the operator who sets a balance by hand.
 */
export const accounts = [
  'cashable',
  'restricted',
  'nonrestricted',
  'handpay',
  'house',
  'bills',
  'tickets',
  'host',
  'attendant',
  'operator',
] as const;
export type Account = (typeof accounts)[number];

const mayOwe: ReadonlySet<Account> = new Set(['house', 'bills', 'tickets', 'host', 'attendant', 'operator']);

/** Credits never appear or vanish: they are moved. What is inside the machine is never below zero. */
export class Ledger {
  readonly #balances = new Map<Account, number>(accounts.map((account) => [account, 0]));

  balance(account: Account): number {
    return this.#balances.get(account)!;
  }

  /** The credit meter. */
  get credits(): number {
    return this.balance('cashable') + this.balance('restricted') + this.balance('nonrestricted');
  }

  move(from: Account, to: Account, credits: number): void {
    if (!Number.isSafeInteger(credits) || credits < 0)
      throw new InternalError('sas.bad_move', 'credits are moved in whole numbers', {
        context: { from, to, credits },
      });
    const left = this.balance(from) - credits;
    if (left < 0 && !mayOwe.has(from))
      throw new InternalError('sas.money_short', `there are not ${credits} credits in ${from}`, {
        context: { from, to, credits },
      });
    this.#balances.set(from, left);
    this.#balances.set(to, this.balance(to) + credits);
  }

  /** Zero, always: what is in the machine came from somewhere. */
  get sum(): number {
    return accounts.reduce((sum, account) => sum + this.balance(account), 0);
  }
}
