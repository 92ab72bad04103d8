import { liveHand, nextRound, parseRules, type RuleSet } from '@vakhta/blackjack';
import { integerBetween, seededRandom } from '@vakhta/kernel';

const SHOES = 100;
const DECKS = 6;

interface Table {
  /** What was left of the shoe before this round. */
  rules: RuleSet;
  cards: number[];
  up: number;
}

/** Milliseconds for one live hand, and for the next round's EV, each over shoes never seen before. */
export function liveTimes(clock: () => number, seed: number): { hands: number[]; rounds: number[] } {
  const timed = (run: () => unknown) => {
    const startedAt = clock();
    run();
    return clock() - startedAt;
  };
  const tables = depletedTables(seed);
  return {
    hands: tables.map(({ rules, cards, up }) => timed(() => liveHand(rules, cards, up))),
    rounds: tables.map(({ rules }) => timed(() => nextRound(rules))),
  };
}

/** Shoes of six decks from which up to three quarters have been dealt, each with a hand of two to four cards. */
function depletedTables(seed: number): Table[] {
  const random = seededRandom(seed);
  const rules = parseRules({ decks: DECKS });
  return Array.from({ length: SHOES }, () => {
    const shoe = [...rules.shoe!];
    const deal = () => {
      let place = integerBetween(random, 0, shoe.reduce((sum, count) => sum + count, 0) - 1);
      const rank = shoe.findIndex((count) => {
        place -= count;
        return place < 0;
      });
      shoe[rank]!--;
      return rank + 1;
    };
    const dealt = integerBetween(random, 0, DECKS * 39);
    for (let i = 0; i < dealt; i++) deal();
    const left = [...shoe];
    const up = deal();
    const cards = [deal(), deal()];
    while (cards.length < 4 && cards.reduce((sum, card) => sum + card, 0) <= 8) cards.push(deal());
    return { rules: { ...rules, shoe: left, decks: null }, cards, up };
  });
}
