import type { RuleSetInput } from './rule-set.ts';

/** Games by the names people use; each can be changed further by flags or keys. */
export const presets = {
  'single-deck': { decks: 1 },
  'double-deck': { decks: 2, dealer: 'H17' },
  'vegas-strip': { decks: 4, surrender: 'NS' },
  'six-deck-s17': { decks: 6, surrender: 'LS', SMA: true },
  'six-deck-h17': { decks: 6, dealer: 'H17' },
  'eight-deck-s17': { decks: 8, surrender: 'LS' },
  european: { decks: 6, holeCard: 'ENHC', double: 'D9' },
  'star-city': { decks: 8, holeCard: 'BBO', double: 'D9', SPL: 1 },
  infinite: { infinite: true },
  /** Bonuses before a split only; the super bonus is cash and not part of it. */
  'spanish-21': {
    decks: 6,
    spanish: true,
    surrender: 'LS',
    DAN: true,
    DSA: true,
    HSA: true,
    SMA: true,
    doubleDownRescue: 'late',
    player21AlwaysWins: true,
    ties: { BJ: 1.5 },
    bonuses: [
      { match: 'total+ncards', ncards: 5, total: 21, pays: 1.5 },
      { match: 'total+ncards', ncards: 6, total: 21, pays: 2 },
      { match: 'total+ncards', ncards: 7, total: 21, orMore: true, pays: 3 },
      { match: 'composition', cards: [6, 7, 8], pays: 1.5, paysSuited: 2, paysSpades: 3 },
      { match: 'composition', cards: [7, 7, 7], pays: 1.5, paysSuited: 2, paysSpades: 3 },
    ],
  },
} satisfies Record<string, RuleSetInput>;

export type PresetName = keyof typeof presets;
