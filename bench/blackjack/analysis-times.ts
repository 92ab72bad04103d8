import { analyseGame, effectsOfRemoval, handRows, parseRules, prepareGame } from '@vakhta/blackjack';

/** Milliseconds of each run, by what was run. */
export type Times = Record<string, number[]>;

const DECKS = [1, 2, 6, 8];

export const cdz = (decks: number) =>
  `${decks} deck${decks > 1 ? 's' : ''}: CDZ-, all 550 cells, three splits`;
export const allClasses = (decks: number) => `${decks} deck${decks > 1 ? 's' : ''}: TD, 2C and CDZ- together`;
export const removal = (decks: number) => `${decks} decks: effects of removal, ten ranks`;
export const decksMeasured: readonly number[] = DECKS;

/**
 * Whole games, warm, on one thread; runs wherever the library does.
 *
 * @param clock milliseconds: of CPU where that can be read
 */
export function analysisTimes(clock: () => number, runs: number): Times {
  const times: Times = {};
  const measure = (what: string, run: () => unknown, count = runs) => {
    const startedAt = clock();
    run();
    // Warm: the first runs, until they no longer get shorter, are not counted.
    const before = times[what];
    if (before === undefined) times[what] = [];
    else if (before.length < count) before.push(clock() - startedAt);
  };
  for (const decks of DECKS) {
    const rules = parseRules({ decks });
    for (let i = 0; i < runs + 3; i++) {
      measure(cdz(decks), () => {
        const game = prepareGame(rules);
        const cells = analyseGame(game).upcards.flatMap((values) => (values ? handRows(game, values) : []));
        if (cells.length !== 550) throw new Error(`${cells.length} cells`);
      });
      measure(allClasses(decks), () => {
        const game = prepareGame(rules);
        for (const strategy of ['CDZ-', '2C', 'TD'] as const) analyseGame(game, { strategy });
      });
    }
  }
  const rules = parseRules({ decks: 6 });
  for (let i = 0; i < 4; i++) measure(removal(6), () => effectsOfRemoval(rules), 3);
  return times;
}
