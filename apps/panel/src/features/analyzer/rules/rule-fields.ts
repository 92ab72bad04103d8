import type { RuleSetInput } from '@vakhta/blackjack';

type KeysOf<Value> = {
  [Key in keyof RuleSetInput]-?: NonNullable<RuleSetInput[Key]> extends Value ? Key : never;
}[keyof RuleSetInput];

export type SwitchKey = Exclude<KeysOf<boolean>, 'infinite' | 'insurance'>;
type NumberKey = 'blackjackPays' | 'surrenderPays' | 'redoubles' | 'maxDealerCards' | 'maxPlayerCards';

/** How one rule is set. */
export type RuleField =
  | { readonly kind: 'switch'; readonly key: SwitchKey }
  | { readonly kind: 'double' | 'dealer' | 'surrender' | 'doubleDownRescue' | 'holeCard' | 'SPL' }
  | {
      readonly kind: 'number';
      readonly key: NumberKey;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
      /** Empty means no limit. */
      readonly unlimited?: true;
    }
  | { readonly kind: 'ties' | 'splitAllowed' | 'doubleTable' | 'surrenderTable' | 'fiveCardSurrender' };

export type RuleGroup = 'dealer' | 'double' | 'split' | 'surrender' | 'special';

const on = (key: SwitchKey): RuleField => ({ kind: 'switch', key });

/** Every rule but the shoe and the bonuses, in the order of the page. */
export const ruleGroups: Readonly<Record<RuleGroup, readonly RuleField[]>> = {
  dealer: [
    { kind: 'dealer' },
    { kind: 'number', key: 'blackjackPays', min: 0, max: 100, step: 0.1 },
    { kind: 'holeCard' },
    on('peekAce'),
    on('peekTen'),
  ],
  double: [
    { kind: 'double' },
    { kind: 'doubleTable' },
    on('DAS'),
    on('DAN'),
    on('doubleSoft'),
    on('doubledSoftCountsHard'),
    on('doubledSoft19Hard9'),
    { kind: 'number', key: 'redoubles', min: 0, max: 10 },
    on('redoubleAfterSplit'),
    { kind: 'doubleDownRescue' },
    on('rescueAfterSplit'),
  ],
  split: [
    { kind: 'SPL' },
    on('SMA'),
    on('HSA'),
    on('DSA'),
    on('bjAfterSplitAces'),
    on('bjAfterSplitTens'),
    { kind: 'splitAllowed' },
  ],
  surrender: [
    { kind: 'surrender' },
    { kind: 'surrenderTable' },
    { kind: 'number', key: 'surrenderPays', min: -1, max: 1, step: 0.1 },
    on('SAN'),
    on('SAS'),
    on('SSA'),
    { kind: 'fiveCardSurrender' },
  ],
  special: [
    on('player21AlwaysWins'),
    { kind: 'ties' },
    { kind: 'number', key: 'maxPlayerCards', min: 2, max: 21, unlimited: true },
    { kind: 'number', key: 'maxDealerCards', min: 2, max: 21, unlimited: true },
  ],
};
