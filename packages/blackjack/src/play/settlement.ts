import { hands } from '../cards/hand-table.ts';
import type { Bonus } from '../rules/rule-set.ts';
import type { Game } from './game.ts';

/**
 * Everything here is unconditional: the dealer may turn out to have a natural, which costs one unit where he peeks (the
 * round ends before play) and what `holeCard` says elsewhere. Cards the player draws then need no correction for what
 * the hole card is not, because cards not seen are exchangeable.
 */

/** What a live hand of this stake loses to a dealer's natural. */
export function lossToNatural(game: Game, up: number, stake: number): number {
  return game.rules.holeCard === 'ENHC' && !game.peeks[up] ? stake : 1;
}

/**
 * EV of standing with `total` (not a natural) at `stake`.
 *
 * @param winLoss wins minus losses, a dealer's natural counting nothing
 * @param natural probability of the dealer's natural
 */
export function standEv(
  game: Game,
  up: number,
  total: number,
  stake: number,
  winLoss: number,
  natural: number,
): number {
  if (total === 21 && game.rules.player21AlwaysWins)
    return game.peeks[up] ? stake * (1 - natural) - natural : stake;
  return natural === 0 ? stake * winLoss : stake * winLoss - natural * lossToNatural(game, up, stake);
}

/** The same from all of a slot's chances, where the total may be other than the cards'. */
export function standAt(game: Game, slot: number, up: number, total: number, stake: number): number {
  const { odds } = game;
  const natural = odds.natural(slot, up);
  const { chances, lowest, totals } = odds;
  const from = slot * odds.stride + odds.columnOf[up]! * totals - lowest;
  let made = 0;
  let winLoss = 0;
  for (let dealer = lowest; dealer <= 21; dealer++) {
    const chance = chances[from + dealer]!;
    made += chance;
    if (dealer < total) winLoss += chance;
    else if (dealer > total) winLoss -= chance;
    else winLoss += chance * game.tie[total]!;
  }
  return standEv(game, up, total, stake, winLoss + 1 - made - natural, natural);
}

/** Probability that `total` wins against the dealer, who has no natural. */
function winChance(game: Game, slot: number, up: number, total: number): number {
  const { odds } = game;
  const natural = odds.natural(slot, up);
  const from = slot * odds.stride + odds.columnOf[up]! * odds.totals - odds.lowest;
  let not = natural;
  if (!(total === 21 && game.rules.player21AlwaysWins))
    for (let dealer = Math.max(total, odds.lowest); dealer <= 21; dealer++)
      not += odds.chances[from + dealer]!;
  return 1 - not;
}

/** EV of a natural on the first two cards. `dealer`: probability of the dealer's. */
export function naturalValue(game: Game, dealer: number): number {
  return game.rules.blackjackPays * (1 - dealer) + game.rules.ties.BJ * dealer;
}

/** EV of ten and ace after a split where they are paid as a natural. A peek has ended the round before the split. */
export function naturalAfterSplit(game: Game, up: number, dealer: number): number {
  return game.rules.blackjackPays * (1 - dealer) + (game.peeks[up] ? -1 : game.rules.ties.BJ) * dealer;
}

/** EV of a hand that a bonus settles at once. */
export function bonusValue(game: Game, bonus: Bonus, hand: number, up: number, dealer: number): number {
  const pays = game.bonuses.meanPay(bonus, hand);
  return pays * (1 - dealer) + (game.peeks[up] ? -1 : bonus.payVsDealerBJ) * dealer;
}

/** What a bonus for winning adds to standing. */
export function winBonus(game: Game, bonus: Bonus, hand: number, slot: number, up: number): number {
  return (game.bonuses.meanPay(bonus, hand) - 1) * winChance(game, slot, up, hands.total[hand]!);
}

/** EV of giving up half of `stake` after a double. */
export function rescueValue(game: Game, up: number, stake: number, natural: number): number {
  if (game.rules.doubleDownRescue === 'early' && !game.peeks[up]) return -stake / 2;
  return (-stake / 2) * (1 - natural) - natural * lossToNatural(game, up, stake);
}

/** EV of surrendering. Late, and after the dealer's look, one unit is lost to a natural. */
export function surrenderValue(game: Game, early: boolean, natural: number): number {
  if (early) return game.rules.surrenderPays;
  return game.rules.surrenderPays * (1 - natural) - natural;
}
