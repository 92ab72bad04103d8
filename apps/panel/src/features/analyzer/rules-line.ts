import type { RuleSet } from '@vakhta/blackjack';

/** The game in a line of its usual abbreviations, the same in every language. */
export function rulesLine(rules: RuleSet): string {
  const { shoe, decks, infinite } = rules;
  const size = shoe?.reduce((sum, count) => sum + count, 0);
  return [
    infinite ? '∞' : decks ? `${decks}D` : `${size} ♠`,
    rules.spanish && '48',
    rules.dealer,
    rules.holeCard,
    rules.double === 'table' ? 'D*' : rules.double,
    rules.DAS ? 'DAS' : 'NDAS',
    rules.DAN && 'DAN',
    rules.surrender === 'table' ? 'R*' : rules.surrender,
    `SPL${rules.SPL}`,
    rules.SMA && 'SMA',
    rules.HSA && 'HSA',
    rules.blackjackPays !== 1.5 && `BJ ${rules.blackjackPays}`,
    rules.bonuses.length > 0 && `+${rules.bonuses.length}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
