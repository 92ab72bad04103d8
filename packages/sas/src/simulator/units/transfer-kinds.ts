import type { Account } from '../money/ledger.ts';

export type AmountName = 'cashableCents' | 'restrictedCents' | 'nonrestrictedCents';

/** One of the three amounts of a transfer: its account, its sum and its count among the meters (facts 6). */
export interface TransferPart {
  readonly amount: AmountName;
  readonly account: Account;
  readonly meter: string;
  readonly countMeter: string;
}

export interface TransferKind {
  readonly direction: 'toMachine' | 'toHost';
  readonly parts: readonly TransferPart[];
  /** Needs a registration with a key that is not zero. */
  readonly isDebit: boolean;
}

const part = (amount: AmountName, account: Account, meter: string, countMeter: string): TransferPart => ({
  amount,
  account,
  meter,
  countMeter,
});

/** Facts 8.5: the transfer types that the simulated machine carries out. */
export const transferKinds: Readonly<Record<number, TransferKind>> = {
  0: {
    direction: 'toMachine',
    isDebit: false,
    parts: [
      part('cashableCents', 'cashable', '00A0', '00A1'),
      part('restrictedCents', 'restricted', '00A2', '00A3'),
      part('nonrestrictedCents', 'nonrestricted', '00A4', '00A5'),
    ],
  },
  16: {
    direction: 'toMachine',
    isDebit: false,
    parts: [
      part('cashableCents', 'cashable', '00AE', '00AF'),
      part('nonrestrictedCents', 'nonrestricted', '00B0', '00B1'),
    ],
  },
  64: {
    direction: 'toMachine',
    isDebit: true,
    parts: [part('cashableCents', 'cashable', '00A6', '00A7')],
  },
  128: {
    direction: 'toHost',
    isDebit: false,
    parts: [
      part('cashableCents', 'cashable', '00B8', '00B9'),
      part('restrictedCents', 'restricted', '00BA', '00BB'),
      part('nonrestrictedCents', 'nonrestricted', '00BC', '00BD'),
    ],
  },
};
