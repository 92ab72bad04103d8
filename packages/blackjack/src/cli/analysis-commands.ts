import { Command } from 'commander';
import { liveHand } from '../live/live-hand.ts';
import { analyse } from '../results/analysis.ts';
import { dealerTable } from '../results/dealer-table.ts';
import { effectsOfRemoval } from '../results/effects-of-removal.ts';
import { exceptions } from '../results/exceptions.ts';
import { BadRules } from '../rules/parse-rules.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { simulate } from '../simulation/simulate.ts';
import { strategyClassSchema } from '../strategy/strategy-class.ts';
import { chartRows, exceptionLine, handChart, NAMES, rowsOf, totalChart } from './charts.ts';
import { type CliParts, WrongUse } from './cli-parts.ts';
import { cardsOf, type RuleOptions, rulesOf, withRules } from './rule-options.ts';

const percent = (ev: number) => `${(ev * 100).toFixed(5)} %`;

/** The commands that answer one question about one game. */
export function analysisCommands(parts: CliParts): Command[] {
  const show = (options: { json?: boolean }, value: unknown, lines: () => readonly string[]) =>
    parts.print(options.json ? JSON.stringify(value) : lines().join('\n'));
  const progress = (done: number) => parts.progress(done < 1 ? `${Math.round(done * 100)} %` : undefined);
  const run = (rules: RuleSet, options: RuleOptions) =>
    analyse(rules, { strategy: strategyClassSchema.parse(options.strategy), onProgress: progress });
  const rulesFor = async (options: Pick<RuleOptions, 'rules' | 'set'>) => {
    try {
      return await rulesOf(parts, options);
    } catch (error) {
      throw error instanceof BadRules ? new WrongUse(error.message) : error;
    }
  };

  const ev = withRules(new Command('ev').description('the EV of the game, by upcard')).action(
    async (options: RuleOptions) => {
      const { ev: whole, evByUp, strategy } = run(await rulesFor(options), options);
      show(options, { strategy, ev: whole, evByUp }, () => [
        `EV (${strategy}) ${percent(whole)}`,
        ...evByUp.map((value, up) => `  against ${NAMES[up]}  ${percent(value)}`),
      ]);
    },
  );

  const strategy = withRules(
    new Command('strategy').description('the best play against every upcard: by two cards, or by total'),
  )
    .option('--exceptions', 'of TD or 2C: the hands that play better otherwise')
    .action(async (options: RuleOptions & { exceptions?: boolean }) => {
      const analysis = run(await rulesFor(options), options);
      const kind = options.strategy;
      if (options.exceptions) {
        if (kind !== 'TD' && kind !== '2C') throw new WrongUse('--exceptions goes with --strategy TD or 2C');
        const found = exceptions(analysis.game, kind);
        show(options, found, () => found.map(exceptionLine));
      } else if (kind === 'TD' || kind === '2C') {
        const rows = chartRows(analysis);
        show(options, rows, () => totalChart(rows));
      } else {
        const rows = rowsOf(analysis);
        show(options, rows, () => handChart(rows));
      }
    });

  const hand = withRules(new Command('hand').description('what each play of a hand is worth with this shoe'))
    .argument('<cards>', 'A,7')
    .argument('<upcard>')
    .action(async (cards: string, upcard: string, options: RuleOptions) => {
      const [up] = cardsOf(upcard);
      if (up === undefined) throw new WrongUse('which upcard?');
      const live = liveHand(await rulesFor(options), cardsOf(cards), up);
      show(options, live, () => [
        ...(['stand', 'hit', 'double', 'split', 'surrender'] as const)
          .filter((play) => live[play] !== null)
          .map((play) => `${play.padEnd(10)}${live[play]!.toFixed(9)}${play === live.best ? '  best' : ''}`),
      ]);
    });

  const dealer = withRules(new Command('dealer').description('where the dealer ends, by upcard')).action(
    async (options: RuleOptions) => {
      const rows = dealerTable(await rulesFor(options));
      show(options, rows, () =>
        rows.flatMap((row) =>
          row === null
            ? []
            : [
                `${NAMES[row.up - 1]}  ${Object.entries(row.totals)
                  .map(([total, chance]) => `${total}: ${chance.toFixed(6)}`)
                  .join('  ')}  BJ: ${row.natural.toFixed(6)}  bust: ${row.bust.toFixed(6)}`,
              ],
        ),
      );
    },
  );

  const eor = withRules(
    new Command('eor').description('effects of removal: EV without one card, minus EV'),
  ).action(async (options: RuleOptions) => {
    const effects = effectsOfRemoval(await rulesFor(options), {
      strategy: strategyClassSchema.parse(options.strategy),
      onProgress: progress,
    });
    show(options, effects, () =>
      effects.eor.map((value, rank) => `${NAMES[rank]}  ${value === null ? 'none' : percent(value)}`),
    );
  });

  const simulation = withRules(
    new Command('simulate').description('plays seeded rounds with the chosen strategy'),
  )
    .option('--rounds <n>', 'how many', '1000000')
    .option('--seed <n>', 'the same seed gives the same rounds', '1')
    .action(async (options: RuleOptions & { rounds: string; seed: string }) => {
      const rounds = Number(options.rounds);
      const seed = Number(options.seed);
      if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed))
        throw new WrongUse('--rounds and --seed are whole numbers');
      const result = simulate(run(await rulesFor(options), options), { rounds, seed, onProgress: progress });
      parts.progress(undefined);
      show(options, result, () => [
        `mean ${percent(result.mean)}, standard error ${percent(result.error)}, deviation of a round ${result.deviation.toFixed(4)}`,
        ...result.outcomes.map(
          ({ result: units, share }) => `  ${String(units).padStart(5)}  ${share.toFixed(6)}`,
        ),
      ]);
    });

  const compare = withRules(new Command('compare').description('EV of two games and the difference'))
    .argument('<a>', 'a rules file or preset')
    .argument('<b>')
    .action(async (a: string, b: string, options: RuleOptions) => {
      const [left, right] = [
        run(await rulesFor({ ...options, rules: a }), options),
        run(await rulesFor({ ...options, rules: b }), options),
      ] as const;
      const byUp = left.evByUp.map((value, up) => right.evByUp[up]! - value);
      show(options, { a: left.ev, b: right.ev, difference: right.ev - left.ev, byUp }, () => [
        `${a}  ${percent(left.ev)}`,
        `${b}  ${percent(right.ev)}`,
        `difference  ${percent(right.ev - left.ev)}`,
        ...byUp.map((value, up) => `  against ${NAMES[up]}  ${percent(value)}`),
      ]);
    });

  return [ev, strategy, hand, dealer, eor, simulation, compare];
}
