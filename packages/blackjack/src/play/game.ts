import { ACE, hands, RANKS, TEN } from '../cards/hand-table.ts';
import { finitePack, infinitePack, type Pack } from '../cards/pack.ts';
import { DealerOdds } from '../dealer/dealer-odds.ts';
import { StandOdds } from '../dealer/stand-odds.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { type Binding, bindingOf, type ForcedPlayInput } from '../strategy/forced-plays.ts';
import { type BonusTable, bonusTable } from './bonus-table.ts';

export type Surrender = 'none' | 'late' | 'early';

/** A rule set made ready for the engine: what is allowed where, as tables over hands and upcards. */
export interface Game {
  readonly rules: RuleSet;
  readonly pack: Pack;
  /** Made when first asked for: most analyses need `stands` alone. */
  readonly odds: DealerOdds;
  readonly stands: StandOdds;
  /** Ranks (0..9) of the upcards that are computed. */
  readonly upcards: readonly number[];
  /** By upcard: a dealer's natural ends the round before play and takes one unit. */
  readonly peeks: readonly boolean[];
  readonly surrender: readonly Surrender[];
  /** By hand: its total and number of cards may be doubled. */
  readonly mayDouble: Uint8Array;
  readonly bonuses: BonusTable;
  /** Value of a tie by total 0..21. */
  readonly tie: Float64Array;
  /** What the player is bound to do. */
  readonly binding: Binding | undefined;
  /** Most cards of a player's hand. */
  readonly maxCards: number;
}

export const packOf = (rules: RuleSet): Pack =>
  rules.shoe === null ? infinitePack(rules.spanish) : finitePack(rules.shoe);

/**
 * @param upcards ranks 0..9 to compute; default: all that the shoe has
 * @param forced plays the player is bound to
 */
export function prepareGame(
  rules: RuleSet,
  upcards?: readonly number[],
  forced: readonly ForcedPlayInput[] = [],
): Game {
  const pack = packOf(rules);
  const ups = upcards ?? [...Array(RANKS).keys()].filter((rank) => pack.counts[rank]! > 0);
  const dealer = { hitsSoft17: rules.dealer === 'H17', maxCards: rules.maxDealerCards ?? undefined };
  const tie = Float64Array.from({ length: 22 }, (_, total) =>
    total >= 17 ? rules.ties[total as 17 | 18 | 19 | 20 | 21] : 0,
  );
  let odds: DealerOdds | undefined;
  return {
    rules,
    pack,
    get odds() {
      odds ??= new DealerOdds(pack, dealer, ups);
      return odds;
    },
    stands: new StandOdds(pack, dealer, ups, tie, deepestExtras(rules)),
    upcards: ups,
    peeks: Array.from({ length: RANKS }, (_, up) =>
      up === ACE ? rules.peekAce : up === TEN ? rules.peekTen : false,
    ),
    surrender: Array.from({ length: RANKS }, (_, up) => surrenderAgainst(rules, up)),
    mayDouble: Uint8Array.from({ length: hands.size }, (_, hand) => (doubleAllowed(rules, hand) ? 1 : 0)),
    bonuses: bonusTable(rules.bonuses, pack),
    tie,
    binding: bindingOf(forced),
    maxCards: rules.maxPlayerCards ?? 21,
  };
}

function surrenderAgainst(rules: RuleSet, up: number): Surrender {
  switch (rules.surrender) {
    case 'NS':
      return 'none';
    case 'LS':
      return 'late';
    case 'ES':
      return 'early';
    case 'ES10':
      return up === TEN ? 'early' : up === ACE ? 'none' : 'late';
    case 'table':
      return rules.surrenderTable![up]!;
  }
}

function doubleAllowed(rules: RuleSet, hand: number): boolean {
  const cards = hands.cards[hand]!;
  const total = hands.total[hand]!;
  const soft = hands.soft[hand] === 1;
  if (cards < 2 || (rules.maxPlayerCards !== null && cards >= rules.maxPlayerCards)) return false;
  if (rules.double === 'table') {
    const table = rules.doubleTable!;
    const list = soft
      ? cards === 2
        ? table.soft2
        : table.softMore
      : cards === 2
        ? table.hard2
        : table.hardMore;
    return list.includes(total);
  }
  if (cards > 2 && !rules.DAN) return false;
  if (soft && !rules.doubleSoft) return false;
  switch (rules.double) {
    case 'DOA':
      return true;
    case 'D9':
      return total >= 9 && total <= 11;
    case 'D10':
      return total === 10 || total === 11;
  }
}

/**
 * By rank: further cards of a pair that can be gone beside one hand of its split: the other hands' first and second
 * cards.
 */
function deepestExtras({ SPL, SMA }: RuleSet): number[] {
  return Array.from({ length: RANKS }, (_, rank) => {
    const splits = rank === ACE && !SMA ? Math.min(SPL, 1) : SPL;
    return splits < 2 ? splits : 2 * splits - 1;
  });
}
