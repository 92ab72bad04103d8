import type { RuleSet } from './rule-set.ts';

/** Two rules that cannot hold together, or a value that cannot be played. */
export interface Clash {
  /** The key of the rule set to change. */
  readonly rule: keyof RuleSet;
  /** The other key, where it takes two. */
  readonly with?: keyof RuleSet;
  readonly message: string;
  /** One of the two does nothing beside the other: a mistake to say, yet the game could be played. */
  readonly idle?: true;
}

/** Below this many cards a round can run out of cards. */
export const SMALLEST_SHOE = 16;

interface Law extends Clash {
  readonly broken: (rules: RuleSet) => boolean;
}

const shared = ['BBO', 'OBBO', 'AOBBO'];
const shoeSize = (rules: RuleSet) => (rules.shoe ?? []).reduce((sum, count) => sum + count, 0);

const laws: readonly Law[] = [
  {
    rule: 'shoe',
    with: 'infinite',
    broken: (r) => r.infinite && r.shoe !== null,
    message: 'an infinite shoe has no counts: leave shoe out or set infinite to false',
  },
  {
    rule: 'decks',
    with: 'shoe',
    broken: (r) => !r.infinite && r.shoe === null && r.decks === null,
    message: 'a finite shoe needs shoe (ten counts) or decks',
  },
  {
    rule: 'shoe',
    broken: (r) => r.shoe !== null && shoeSize(r) < SMALLEST_SHOE,
    message: `fewer than ${SMALLEST_SHOE} cards: a round could run out of cards`,
  },
  {
    rule: 'peekAce',
    with: 'holeCard',
    broken: (r) => r.holeCard === 'OBO' && !(r.peekAce && r.peekTen),
    message: 'OBO is the same as a dealer who looks under both: peekAce and peekTen must be true',
  },
  {
    rule: 'peekAce',
    with: 'holeCard',
    broken: (r) => shared.includes(r.holeCard) && (r.peekAce || r.peekTen),
    message: 'BBO, OBBO and AOBBO are about a dealer who does not look: peekAce and peekTen must be false',
  },
  {
    rule: 'doubleTable',
    with: 'double',
    broken: (r) => (r.double === 'table') !== (r.doubleTable !== null),
    message: 'double "table" and a doubleTable need each other',
  },
  {
    rule: 'surrenderTable',
    with: 'surrender',
    broken: (r) => (r.surrender === 'table') !== (r.surrenderTable !== null),
    message: 'surrender "table" and a surrenderTable need each other',
  },
  {
    rule: 'DSA',
    with: 'DAS',
    broken: (r) => r.DSA && !r.DAS,
    message: 'doubling split aces needs doubling after a split',
    idle: true,
  },
  {
    rule: 'SAN',
    with: 'surrender',
    broken: (r) => (r.SAN || r.SAS || r.SSA) && r.surrender === 'NS',
    message: 'SAN, SAS and SSA say when a hand may be surrendered, but surrender is NS',
    idle: true,
  },
  {
    rule: 'SSA',
    with: 'SAS',
    broken: (r) => r.SSA && !r.SAS,
    message: 'surrendering split aces needs surrender after a split',
    idle: true,
  },
  {
    rule: 'redoubleAfterSplit',
    with: 'redoubles',
    broken: (r) => r.redoubleAfterSplit && r.redoubles === 0,
    message: 'redoubling after a split needs redoubles of 1 or more',
    idle: true,
  },
  {
    rule: 'rescueAfterSplit',
    with: 'doubleDownRescue',
    broken: (r) => r.rescueAfterSplit && r.doubleDownRescue === 'none',
    message: 'rescue after a split needs doubleDownRescue late or early',
    idle: true,
  },
  {
    rule: 'doubleDownRescue',
    with: 'holeCard',
    broken: (r) => r.doubleDownRescue === 'early' && r.peekAce && r.peekTen,
    message: 'an early rescue is settled before the dealer looks, but here he has looked before play',
    idle: true,
  },
];

export function clashesOf(rules: RuleSet): Clash[] {
  return laws.filter((law) => law.broken(rules)).map(({ broken: _, ...clash }) => clash);
}
