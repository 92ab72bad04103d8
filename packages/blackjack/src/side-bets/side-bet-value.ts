import { AppError } from '@vakhta/kernel';
import type { Conditions, SideBet } from './side-bet.ts';

export interface SideBetValue {
  /** EV per unit staked. */
  readonly ev: number;
  /** Standard deviation per unit staked. */
  readonly deviation: number;
  /** Unordered sets of physical cards whose first matching event it is. */
  readonly counts: Readonly<Record<string, bigint>>;
  /** All sets of that many cards. */
  readonly sets: bigint;
}

interface Kind {
  readonly rank: string;
  readonly suit: string;
  readonly copies: number;
}

/**
 * Counts every set of cards once, in whole numbers, so the value is exact.
 *
 * @throws {AppError} `blackjack.suit_unknown` when suits matter and a removed card has none; `blackjack.no_such_card`
 */
export function sideBetValue(bet: SideBet): SideBetValue {
  const kinds = kindsOf(bet);
  const size = bet.cards.player + bet.cards.dealerUp + bet.cards.dealerHole;
  const counts: Record<string, bigint> = Object.fromEntries(bet.events.map(({ name }) => [name, 0n]));
  let sets = 0n;
  const chosen: Kind[] = [];
  const choose = (from: number, ways: bigint) => {
    if (chosen.length === size) {
      sets += ways;
      const event = bet.events.find(({ when }) => holds(when, chosen, bet.deck.ranks));
      if (event) counts[event.name]! += ways;
      return;
    }
    for (let kind = from; kind < kinds.length; kind++) {
      const { copies } = kinds[kind]!;
      let sofar = ways;
      const before = chosen.length;
      for (let taken = 1; taken <= copies && chosen.length < size; taken++) {
        chosen.push(kinds[kind]!);
        sofar = (sofar * BigInt(copies - taken + 1)) / BigInt(taken);
        choose(kind + 1, sofar);
      }
      chosen.length = before;
    }
  };
  choose(0, 1n);
  const lost = bet.events.reduce((rest, { name }) => rest - counts[name]!, sets);
  const mean = (of: (pays: number) => number) =>
    bet.events.reduce(
      (sum, { name, pays }) => sum + of(pays) * share(counts[name]!, sets),
      of(bet.lose) * share(lost, sets),
    );
  const ev = mean((pays) => pays);
  return { ev, deviation: Math.sqrt(Math.max(0, mean((pays) => pays * pays) - ev * ev)), counts, sets };
}

const share = (part: bigint, whole: bigint) => Number(part) / Number(whole);

function kindsOf({ deck, events }: SideBet): Kind[] {
  const kinds = deck.ranks.flatMap((rank) =>
    deck.suits.map((suit) => ({ rank, suit: suit as string, copies: deck.copiesOfEachCard })),
  );
  const suitsMatter = events.some(({ when }) => when.sameSuit || when.sameColour);
  for (const card of deck.removed) {
    const exact = kinds.find((kind) => kind.rank + kind.suit === card);
    const any = kinds.find((kind) => kind.rank === card && kind.copies > 0);
    if (!exact && any && suitsMatter)
      throw new AppError('blackjack.suit_unknown', `suits matter to this bet: which ${card} is gone?`, {
        context: { card },
      });
    const kind = exact ?? any;
    if (!kind || kind.copies === 0)
      throw new AppError('blackjack.no_such_card', `the deck has no ${card} left`, { context: { card } });
    kind.copies--;
  }
  return kinds;
}

function holds(when: Conditions, cards: readonly Kind[], ranks: readonly string[]): boolean {
  const [first] = cards;
  if (!first) return false;
  const sum = () => cards.reduce((total, card) => total + cardValue(card.rank), 0);
  return (
    (!when.sameRank || cards.every((card) => card.rank === first.rank)) &&
    (!when.sameSuit || cards.every((card) => card.suit === first.suit)) &&
    (!when.sameColour || cards.every((card) => isRed(card) === isRed(first))) &&
    (!when.consecutiveRanks || areConsecutive(cards, ranks)) &&
    (when.rankSet === undefined || sorted(cards.map((card) => card.rank)) === sorted(when.rankSet)) &&
    (when.rankIn === undefined || cards.every((card) => when.rankIn!.includes(card.rank))) &&
    (when.sumMin === undefined || sum() >= when.sumMin) &&
    (when.sumMax === undefined || sum() <= when.sumMax)
  );
}

const isRed = ({ suit }: Kind) => suit === 'd' || suit === 'h';
const sorted = (ranks: readonly string[]) => [...ranks].sort().join();
const cardValue = (rank: string) => (rank === 'A' ? 1 : Number(rank) || 10);

/** In the order of the deck's ranks, whose first is the ace. */
function areConsecutive(cards: readonly Kind[], ranks: readonly string[]): boolean {
  const inOrder = (aceHigh: boolean) => {
    const places = cards
      .map(({ rank }) => ranks.indexOf(rank))
      .map((place) => (place === 0 && aceHigh ? ranks.length : place))
      .sort((a, b) => a - b);
    return places.every((place, i) => i === 0 || place === places[i - 1]! + 1);
  };
  return inOrder(false) || inOrder(true);
}
