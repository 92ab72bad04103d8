import type { RuleSet } from '@vakhta/blackjack';
import { analyzer, emptyTable, type Table } from '../analyzer-state.ts';
import { cardsAt, cardsOnTable, less, type Place, shoeOf, withCardsAt } from './table-cards.ts';

/** Tables before each move of this visit, newest last; and shoes before each round. */
const before: Table[] = [];
const shoes: Table['shoe'][] = [];
const MOST_MOVES = 500;

function move(table: Table): void {
  before.push(analyzer.get().table);
  if (before.length > MOST_MOVES) before.shift();
  analyzer.change({ table });
}

export const canUndo = (): boolean => before.length > 0;
export const canGoBack = (): boolean => shoes.length > 0;

/** What a person does at the table. A card that the shoe has not got is not dealt. */
export const tableMoves = {
  deal(rules: RuleSet, place: Place, card: number): void {
    const { table } = analyzer.get();
    const shoe = shoeOf(table, rules);
    if (shoe && less(shoe, cardsOnTable(table))[card - 1]! < 1) return;
    move(withCardsAt(table, place, [...cardsAt(table, place), card]));
  },
  takeOff(place: Place, index: number): void {
    const { table } = analyzer.get();
    move(withCardsAt(table, place, cardsAt(table, place).toSpliced(index, 1)));
  },
  addHand(): void {
    const { table } = analyzer.get();
    move({ ...table, hands: [...table.hands, []] });
  },
  /** Puts one card into the shoe or takes one out. */
  changeShoe(rules: RuleSet, card: number, by: 1 | -1): void {
    const { table } = analyzer.get();
    const shoe = shoeOf(table, rules);
    if (!shoe || less(shoe, cardsOnTable(table))[card - 1]! + by < 0) return;
    move({ ...table, shoe: shoe.with(card - 1, shoe[card - 1]! + by) });
  },
  /** The cards on the table leave the shoe. */
  newHand(rules: RuleSet): void {
    const { table } = analyzer.get();
    const shoe = shoeOf(table, rules);
    shoes.push(table.shoe);
    move({ ...emptyTable, hands: table.hands.map(() => []), shoe: shoe && less(shoe, cardsOnTable(table)) });
  },
  previousShoe(): void {
    const shoe = shoes.pop();
    if (shoe !== undefined) move({ ...emptyTable, shoe });
  },
  originalShoe(): void {
    shoes.length = 0;
    move(emptyTable);
  },
  undo(): void {
    const table = before.pop();
    if (table) analyzer.change({ table });
  },
};
