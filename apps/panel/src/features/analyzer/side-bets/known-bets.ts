import { type SideBet, sideBetSchema } from '@vakhta/blackjack';

export const betNames = ['perfectPairs', 'twentyOnePlusThree', 'over13', 'under13', 'royalMatch'] as const;
export type BetName = (typeof betNames)[number];

const perfect = { sameRank: true, sameSuit: true } as const;

/** Events of the usual side bets with their usual payoffs, the first that holds is paid. */
const events = {
  perfectPairs: [
    { name: 'perfect', pays: 25, when: perfect },
    { name: 'coloured', pays: 12, when: { sameRank: true, sameColour: true } },
    { name: 'mixed', pays: 6, when: { sameRank: true } },
  ],
  twentyOnePlusThree: [
    { name: 'suitedTrips', pays: 100, when: perfect },
    { name: 'straightFlush', pays: 40, when: { consecutiveRanks: true, sameSuit: true } },
    { name: 'trips', pays: 30, when: { sameRank: true } },
    { name: 'straight', pays: 10, when: { consecutiveRanks: true } },
    { name: 'flush', pays: 5, when: { sameSuit: true } },
  ],
  over13: [{ name: 'over', pays: 1, when: { sumMin: 14 } }],
  under13: [{ name: 'under', pays: 1, when: { sumMax: 12 } }],
  royalMatch: [
    { name: 'royal', pays: 25, when: { rankSet: ['K', 'Q'], sameSuit: true } },
    { name: 'suited', pays: 2.5, when: { sameSuit: true } },
  ],
} as const;

export type BetEvent = (typeof events)[BetName][number]['name'];

export const eventsOf = (bet: BetName): readonly { readonly name: BetEvent; readonly pays: number }[] =>
  events[bet];

/** A bet on the first cards of a full shoe; `pays` in the order of its events. */
export function sideBetOf(
  bet: BetName,
  { decks, spanish, pays }: { decks: number; spanish: boolean; pays: readonly number[] },
): SideBet {
  const ranks = ['A', '2', '3', '4', '5', '6', '7', '8', '9', 'T', 'J', 'Q', 'K'];
  return sideBetSchema.parse({
    deck: {
      decks,
      ranks: spanish ? ranks.filter((rank) => rank !== 'T') : ranks,
      suits: ['c', 'd', 'h', 's'],
      copiesOfEachCard: decks,
    },
    cards: { player: 2, dealerUp: bet === 'twentyOnePlusThree' ? 1 : 0, dealerHole: 0 },
    events: events[bet].map((event, i) => ({ ...event, pays: pays[i] ?? event.pays })),
  });
}
