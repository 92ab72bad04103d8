import { ACE, handOf, hands, RANKS, TEN } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import { isNatural, naturalIn } from '../play/situation.ts';
import type { UpcardValues } from '../strategy/composition-dependent.ts';

/** EV of each play of one two-card hand; null where it is not allowed. Ranks are 1..10. */
export interface HandRow {
  readonly cards: readonly [number, number];
  readonly up: number;
  readonly stand: number;
  readonly hit: number | null;
  readonly double: number | null;
  readonly split: number | null;
  readonly surrender: number | null;
}

/** Under OBO the rows against an ace and a ten are what a player who still plays can expect: no natural is there. */
const isConditional = (game: Game, up: number): boolean =>
  game.rules.holeCard === 'OBO' && (up === ACE || up === TEN);

/** All two-card hands that the pack has beside the upcard. */
export function handRows(game: Game, values: UpcardValues): HandRow[] {
  const rows: HandRow[] = [];
  for (let a = 0; a < RANKS; a++)
    for (let b = a; b < RANKS; b++) {
      const hand = handOf([a, b]);
      if (Number.isNaN(values.first.stand[hand]!)) continue;
      rows.push(handRow(game, values, a, b));
    }
  return rows;
}

export function handRow(game: Game, values: UpcardValues, a: number, b: number): HandRow {
  const { up, first, split } = values;
  const hand = handOf(a < b ? [a, b] : [b, a]);
  const shown = shownValue(game, values, hand);
  return {
    cards: [Math.min(a, b) + 1, Math.max(a, b) + 1],
    up: up + 1,
    stand: shown(first.stand[hand]!)!,
    hit: shown(first.hit[hand]!),
    double: shown(first.double[hand]!),
    split: a === b ? shown(split[a]!) : null,
    surrender: shown(first.surrender[hand]!),
  };
}

/** From the engine's unconditional EVs to the EVs that are shown. */
export function shownValue(
  game: Game,
  { up, first }: Pick<UpcardValues, 'up' | 'first'>,
  hand: number,
): (ev: number) => number | null {
  const natural = isConditional(game, up) ? naturalIn(first.at, hand) : 0;
  // Against a dealer's natural any hand has lost one unit, and a natural has got what the tie pays.
  const against = hands.cards[hand] === 2 && isNatural(hand) ? game.rules.ties.BJ : -1;
  return (ev) => (Number.isNaN(ev) ? null : natural === 0 ? ev : (ev - against * natural) / (1 - natural));
}
